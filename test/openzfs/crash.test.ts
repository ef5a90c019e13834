/** Broken lines, killed programs, forged tokens: what test/crash does on the simulator, with fewer points. */
import { cutSuite } from '../crash/cut-suite.ts';
import { killSuite } from '../crash/kill-suite.ts';
import { tokenSuite } from '../crash/token-suite.ts';
import { runSuites, type Suite } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

const few = { outbound: 1, inbound: 1 };
const suites: Record<string, Suite> = {
  tokens: tokenSuite,
  killed: (test, bed) => killSuite(test, bed, ({ real }) => real === true),
  cut: (test, bed) => cutSuite(test, bed, { first: few, next: few, edges: false, stalls: 1 }),
};
await runSuites(openZfsTestBed, suites, 0);
