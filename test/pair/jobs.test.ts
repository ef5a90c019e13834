/** Hooks, snapshots around them, several receivers (as on real OpenZFS in test/openzfs/), and what stays and what is told by files. */
import { hooksSuite, servicesSuite } from '../kit/jobs-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(
  servedSimulatorTestBed,
  { 'hooks and several receivers': hooksSuite, 'services and files': servicesSuite },
  300_000,
);
