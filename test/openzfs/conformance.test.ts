import { zfsConformance } from '@zfsync/zfs/testing';
import t from 'tap';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);
const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());

await zfsConformance(async (name, run) => {
  await t.test(name, async (t) => {
    await run();
    t.pass(name);
  });
}, bed);
