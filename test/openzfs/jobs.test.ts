/** Hooks, snapshots around them, several receivers: the same suite as on the simulator. */
import { hooksSuite } from '../kit/jobs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { 'hooks and several receivers': hooksSuite }, 0);
