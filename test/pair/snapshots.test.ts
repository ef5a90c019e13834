/** What a sender does at its source: the same suite that runs on real OpenZFS in test/openzfs/. */
import { runSuites } from '../kit/run-suites.ts';
import { snapshotsSuite } from '../kit/snapshots-suite.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { 'snapshots, selection, pruning': snapshotsSuite }, 300_000);
