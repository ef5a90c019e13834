/** Hooks, several receivers, repetition, config files, flags: the same suite that runs on real OpenZFS in test/openzfs/. */
import { jobsSuite } from '../kit/jobs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { 'what goes on around a run': jobsSuite }, 300_000);
