/** What the receiver makes of the streams that it gets: the same suite as on the simulator. */
import { runSuites } from '../kit/run-suites.ts';
import { streamTrustSuite } from '../kit/stream-trust-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { streams: streamTrustSuite }, 0);
