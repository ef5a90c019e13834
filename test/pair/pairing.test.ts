/** Trust, by both programs on the simulator: nothing of it depends on ZFS. */
import { pairingSuite } from '../kit/pairing-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { pairing: pairingSuite }, 900_000);
