/** What keeps a chain going: the same suite as on the simulator. */
import { keepingSuite } from '../kit/keeping-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { keeping: keepingSuite }, 0);
