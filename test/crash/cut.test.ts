/** Lines that break, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { cutSuite } from './cut-suite.ts';

const sweep = { first: { outbound: 20, inbound: 11 }, next: { outbound: 6, inbound: 4 }, edges: true, stalls: 2 };
await runSuites(servedSimulatorTestBed, { cut: (test, bed) => cutSuite(test, bed, sweep) }, 900_000);
