/** Programs that are killed, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import t from 'tap';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { killSuite } from './kill-suite.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
await killSuite(
  (name, run) =>
    t.test(name, async (t) => {
      await run();
      t.pass(name);
    }),
  bed,
);
