/** Programs that freeze, restart and end, on the simulator; with fewer points on real OpenZFS in test/openzfs/restart.test.ts. */
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { frozenSuite } from './frozen-suite.ts';
import { restartSuite } from './restart-suite.ts';

const suites = { frozen: frozenSuite, 'restarted, ended, and several at once': restartSuite };
await runSuites(servedSimulatorTestBed, suites, 900_000);
