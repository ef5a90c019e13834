/** Lines that break, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import t from 'tap';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { cutSuite } from './cut-suite.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
await cutSuite(
  (name, run) =>
    t.test(name, async (t) => {
      await run();
      t.pass(name);
    }),
  bed,
  { first: { outbound: 20, inbound: 11 }, next: { outbound: 6, inbound: 4 }, edges: true, stalls: 2 },
);
