/** Forged, stale and damaged resume tokens, on the simulator; on real OpenZFS in test/openzfs/crash.test.ts. */
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { tokenSuite } from './token-suite.ts';

await runSuites(servedSimulatorTestBed, { tokens: tokenSuite }, 900_000);
