/** Retention on the target, what vanished and what was renamed: the same suite as on the simulator. */
import { mirrorSuite } from '../kit/mirror-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { 'retention, mirror and renames': mirrorSuite }, 0);
