/** What a target remembers, properties, encrypted datasets: the same suite as on the simulator. */
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';
import { trustSuite } from '../kit/trust-suite.ts';

await runSuites(openZfsTestBed, { 'flags, encryption and properties': trustSuite }, 0);
