/** Forged, stale and damaged resume tokens, on the simulator; on real OpenZFS in test/openzfs/crash.test.ts. */
import t from 'tap';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { tokenSuite } from './token-suite.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
await t.test('tokens', (t) =>
  tokenSuite(
    (name, run) =>
      t.test(name, async (t) => {
        await run();
        t.pass(name);
      }),
    bed,
  ),
);
