/** The contract `Zfs` on real OpenZFS. */
import { zfsConformance } from '@zfsync/zfs/testing';
import { runSuites } from '../kit/run-suites.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

await runSuites(openZfsTestBed, { conformance: zfsConformance }, 0);
