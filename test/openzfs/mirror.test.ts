/** Retention on the target, what vanished and what was renamed: of the suite for the simulator what hangs on ZFS itself. */
import { mirrorSuite } from '../kit/mirror-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

const HANGS_ON_ZFS = /^(--mirror-datasets where they are destroyed|renamed in the middle|renamed amid)/;

await runSuites(
  openZfsTestBed,
  {
    'retention, mirror and renames': (test, bed) =>
      mirrorSuite((name, body) => (HANGS_ON_ZFS.test(name) ? test(name, body) : Promise.resolve()), bed),
  },
  0,
);
