/** What the receiver makes of the streams that it gets: the same suite runs on real OpenZFS in test/openzfs/. */
import { runSuites } from '../kit/run-suites.ts';
import { streamTrustSuite } from '../kit/stream-trust-suite.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

await runSuites(servedSimulatorTestBed, { streams: streamTrustSuite }, 900_000);
