/** The pair on the simulator: the same suites that run on real OpenZFS in test/openzfs/. */
import { pairSuite } from '../kit/pair-suite.ts';
import { programsSuite } from '../kit/programs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { 'in one process': pairSuite, 'as programs': programsSuite }, 900_000);
