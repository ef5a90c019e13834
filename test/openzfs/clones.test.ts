/** Clones: the same suite as on the simulator. */
import { cloneSuite } from '../kit/clone-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { clones: cloneSuite }, 0);
