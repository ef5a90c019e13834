/** What a target remembers, properties, encrypted datasets: the same suite that runs on real OpenZFS in test/openzfs/. */
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { trustSuite } from '../kit/trust-suite.ts';

await runSuites(servedSimulatorTestBed, { 'flags, encryption and properties': trustSuite }, 900_000);
