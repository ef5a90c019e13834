/** The contract `Zfs` on the simulator, the same suite as on real OpenZFS. */
import { zfsConformance } from '@zfsync/zfs/testing';
import { runSuites } from '../../kit/run-suites.ts';
import { simulatorTestBed } from '../../kit/testbed-simulator.ts';

await runSuites(simulatorTestBed, { conformance: zfsConformance }, 900_000);
