/** The pair in one process: the same suite as on the simulator. */
import { pairSuite } from '../kit/pair-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { 'in one process': pairSuite }, 0);
