import { existsSync } from 'node:fs';
import { createZfs } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { openZfsTestBed } from './testbed-openzfs.ts';
import { simulatorTestBed } from './testbed-simulator.ts';

/** Real OpenZFS where its module is loaded, `zfs` is installed and we are root; else the simulator. */
export async function chooseTestBed(): Promise<TestBed> {
  if (process.getuid?.() !== 0 || !existsSync('/dev/zfs')) return simulatorTestBed();
  const { kernel } = await createZfs({})
    .version()
    .catch(() => ({ kernel: undefined }));
  return kernel === undefined ? simulatorTestBed() : openZfsTestBed();
}
