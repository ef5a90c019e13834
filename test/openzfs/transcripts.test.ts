/**
 * What the simulator is held to must be what OpenZFS says. With ZFSYNC_TRANSCRIPTS=record in the environment the
 * transcripts are written anew instead: after new commands have been added to them, and only on the version that they
 * are of.
 */
import { writeFileSync } from 'node:fs';
import t from 'tap';
import { replay, transcripts } from '../kit/transcript.ts';

t.setTimeout(0);

for (const transcript of transcripts()) {
  await t.test(`OpenZFS says what it said: ${transcript.name}`, async (t) => {
    const said = await replay(transcript);
    if (process.env['ZFSYNC_TRANSCRIPTS'] === 'record') writeFileSync(transcript.path, said);
    else t.equal(said, transcript.text);
  });
}
