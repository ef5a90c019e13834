/** Two months of snapshots, sent and pruned. */
import { gridSuite } from '../kit/grid-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { retention: gridSuite }, 0);
