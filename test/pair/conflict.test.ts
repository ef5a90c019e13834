/** Conflicts and policies on the simulator: the same suite runs on real OpenZFS in test/openzfs/. */
import t from 'tap';
import { conflictSuite } from '../kit/conflict-suite.ts';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(300_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
await t.test('conflicts', (t) =>
  conflictSuite(
    (name, run) =>
      t.test(name, async (t) => {
        await run();
        t.pass(name);
      }),
    bed,
  ),
);
