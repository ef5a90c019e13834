import { zfsConformance } from '@zfsync/zfs/testing';
import t from 'tap';
import { simulatorTestBed } from '../../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());

await zfsConformance(async (name, run) => {
  await t.test(name, async (t) => {
    await run();
    t.pass(name);
  });
}, bed);
