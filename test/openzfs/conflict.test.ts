/** What to do when a chain is broken: the same suite as on the simulator. */
import { conflictSuite } from '../kit/conflict-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { conflicts: conflictSuite }, 0);
