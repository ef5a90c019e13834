/** What keeps a chain going: the same suite as on the simulator. */
import { keepingSuite } from '../kit/keeping-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { roomSuite } from '../kit/room-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { keeping: keepingSuite, room: roomSuite }, 0);
