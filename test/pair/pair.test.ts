/** The pair on the simulator: the same suites that run on real OpenZFS in test/openzfs/. */
import t from 'tap';
import { pairSuite } from '../kit/pair-suite.ts';
import { programsSuite } from '../kit/programs-suite.ts';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(300_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
const test = (name: string, run: () => Promise<void>) =>
  t.test(name, async (t) => {
    await run();
    t.pass(name);
  });
await pairSuite(test, bed);
await programsSuite(test, bed);
