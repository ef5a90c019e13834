/** The pair as programs: the same suite as on the simulator. */
import { programsSuite } from '../kit/programs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { 'as programs': programsSuite }, 0);
