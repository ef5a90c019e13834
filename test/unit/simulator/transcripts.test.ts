import { dirname } from 'node:path';
import { simulatorCommands } from '@zfsync/simulator';
import t from 'tap';
import { replay, transcripts } from '../../kit/transcript.ts';

t.setTimeout(900_000);
t.jobs = 2;
const programs = dirname(simulatorCommands().zfs);

for (const transcript of transcripts()) {
  t.test(`the simulator says what OpenZFS says: ${transcript.name}`, async (t) => {
    t.equal(await replay(transcript, programs), transcript.text);
  });
}
