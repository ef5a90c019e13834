/** Clones: the same suite that runs on real OpenZFS in test/openzfs/. */
import { cloneDecisionSuite, cloneSuite } from '../kit/clone-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { clones: cloneSuite, 'clones, decided': cloneDecisionSuite }, 900_000);
