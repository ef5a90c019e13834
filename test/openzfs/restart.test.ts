/** Programs that freeze, restart and end: what test/crash does on the simulator, with fewer points. */
import { frozenSuite } from '../crash/frozen-suite.ts';
import { restartSuite } from '../crash/restart-suite.ts';
import { runSuites, type Suite } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

const suites: Record<string, Suite> = {
  frozen: (test, bed) => frozenSuite(test, bed, ({ real }) => real === true),
  restarted: (test, bed) => restartSuite(test, bed, 'real'),
};
await runSuites(openZfsTestBed, suites, 0);
