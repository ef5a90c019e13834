/** What a sender does at its source: the same suite that runs on real OpenZFS in test/openzfs/. */
import { runSuites } from '../kit/run-suites.ts';
import { selectionSuite, snapshotsSuite } from '../kit/snapshots-suite.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { snapshots: snapshotsSuite, selection: selectionSuite }, 300_000);
