/** What becomes of a chain whose streams are made in different ways, and of the property that remembers the way. */
import assert from 'node:assert/strict';
import { USER_PROPERTY } from '../model/index.ts';
import type { SendOptions } from '../zfs.ts';
import {
  assertReplicated,
  child,
  createEncrypted,
  entryOf,
  exists,
  type Fixture,
  noise,
  type RunCase,
  receiveBytes,
  refused,
  replicate,
  resume,
  S1,
  S2,
  streamOf,
} from './helpers.ts';

const sinceS1 = { kind: 'snapshot', name: S1 } as const;
const MEBIBYTE = 1024 * 1024;

function flags(letters: string): Partial<SendOptions> {
  const has = (letter: string): boolean => letters.includes(letter);
  return { largeBlocks: has('L'), compressed: has('c'), embedded: has('e'), raw: has('w') };
}

export async function flagCases(test: RunCase, fixture: Fixture): Promise<void> {
  const { bed, sourceName, targetName } = fixture;
  const { zfs } = bed;
  const from = sourceName();
  const small = sourceName();

  await test('-L, -c and -e may come, -c and -e may go, -L may not', async () => {
    await zfs.create(from, { type: 'filesystem', properties: { recordsize: '1M', compression: 'lz4' } });
    await bed.write(from, 'big', noise(2 * MEBIBYTE));
    await bed.write(from, 'loose', Buffer.alloc(2 * MEBIBYTE, 'x'));
    await bed.write(from, 'tiny', 'x');
    await zfs.snapshot([from], S1);
    await bed.write(from, 'big', Buffer.concat([noise(2 * MEBIBYTE), noise(MEBIBYTE, 3)]));
    await bed.write(from, 'tiny', 'y');
    await zfs.snapshot([from], S2);
    const table = [
      ['', 'L', true],
      ['', 'Lce', true],
      ['ce', '', true],
      ['Lce', 'L', true],
      ['Lc', 'Lc', true],
      ['L', '', false],
      ['Lc', 'ce', false],
    ] as const;
    for (const [first, second, taken] of table) {
      const target = targetName();
      await replicate(fixture, { dataset: from, to: S1, ...flags(first) }, { target });
      const next = { dataset: from, from: sinceS1, to: S2, ...flags(second) };
      const receive = { target, resumable: true, set: { [USER_PROPERTY.stream]: second || '-' } };
      if (taken) await replicate(fixture, next, receive);
      else await refused(replicate(fixture, next, receive), 'large-blocks-required');
      await assertReplicated(fixture, from, target, taken ? [S1, S2] : [S1]);
      assert.equal((await entryOf(fixture, target)).zfsyncStream, taken ? second || '-' : undefined);
    }
  });

  await test('-L without large blocks binds nobody', async () => {
    const target = targetName();
    await zfs.create(small, { type: 'filesystem' });
    await bed.write(small, 'a', 'a');
    await zfs.snapshot([small], S1);
    await zfs.snapshot([small], S2);
    await replicate(fixture, { dataset: small, to: S1, largeBlocks: true }, { target });
    await replicate(fixture, { dataset: small, from: sinceS1, to: S2 }, { target });
    await assertReplicated(fixture, small, target, [S1, S2]);
  });

  await test('a property is kept only if its stream has arrived, and given again when it is resumed', async () => {
    const target = targetName();
    const first = { target, set: { [USER_PROPERTY.stream]: 'L', compression: 'off' } };
    await replicate(fixture, { dataset: from, to: S1, largeBlocks: true }, first);
    const bytes = await streamOf(fixture, { dataset: from, from: sinceS1, to: S2, ...flags('Lc') });
    const again = { set: { [USER_PROPERTY.stream]: 'Lc', compression: 'lz4' } };
    const part = bytes.subarray(0, bytes.length / 2);
    await refused(receiveBytes(fixture, part, { target, resumable: true, ...again }), 'stream-incomplete');
    assert.equal((await entryOf(fixture, target)).zfsyncStream, 'L');
    assert.equal((await zfs.getProperties(target, ['compression'])).get('compression'), 'off');
    await resume(fixture, target, again);
    assert.equal((await entryOf(fixture, target)).zfsyncStream, 'Lc');
    await assertReplicated(fixture, from, target, [S1, S2]);
  });

  await test('what is encrypted takes no -e, and leaves decrypted with -L and -c', async () => {
    const [parent, secret] = [targetName(), sourceName()];
    await createEncrypted(fixture, parent);
    const send = { dataset: from, to: S1 };
    await refused(
      replicate(fixture, { ...send, ...flags('Lce') }, { target: child(parent, 'e') }),
      'encryption-boundary',
    );
    assert.equal(await exists(fixture, child(parent, 'e')), false);
    await replicate(fixture, { ...send, ...flags('Lc') }, { target: child(parent, 'plain') });
    await assertReplicated(fixture, from, child(parent, 'plain'), [S1]);
    await createEncrypted(fixture, secret);
    await bed.write(secret, 'a', noise(MEBIBYTE));
    await zfs.snapshot([secret], S1);
    const target = targetName();
    await replicate(fixture, { dataset: secret, to: S1, ...flags('Lc') }, { target });
    assert.equal((await entryOf(fixture, target)).encryption, 'off');
    await assertReplicated(fixture, secret, target, [S1]);
  });
}
