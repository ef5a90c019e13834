/** Hooks, several receivers, repetition, config files, flags: the same suite as on the simulator. */
import { jobsSuite } from '../kit/jobs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { 'what goes on around a run': jobsSuite }, 0);
