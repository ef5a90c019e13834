/** Lines that break, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import t from 'tap';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';
import { cutSuite } from './cut-suite.ts';

t.setTimeout(600_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
await cutSuite(
  (name, run) =>
    t.test(name, async (t) => {
      await run();
      t.pass(name);
    }),
  bed,
  { between: 20, stalls: 2 },
);
