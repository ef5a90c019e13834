/** Programs that are killed, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { killSuite } from './kill-suite.ts';

await runSuites(servedSimulatorTestBed, { killed: killSuite }, 900_000);
