/** Retention on the target, what vanished and what was renamed: the same suite that runs on real OpenZFS in test/openzfs/. */
import { mirrorSuite } from '../kit/mirror-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { 'retention, mirror and renames': mirrorSuite }, 900_000);
