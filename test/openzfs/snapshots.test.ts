/** What a sender does at its source: the same suite as on the simulator. */
import { runSuites } from '../kit/run-suites.ts';
import { snapshotsSuite } from '../kit/snapshots-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { snapshots: snapshotsSuite }, 0);
