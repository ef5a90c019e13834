import { access, constants } from 'node:fs/promises';
import { createZfs, ZfsError } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { openZfsTestBed } from './testbed-openzfs.ts';
import { simulatorTestBed } from './testbed-simulator.ts';

/** Real OpenZFS where it can be used for tests (loaded, and root), else the simulator. */
export async function chooseTestBed(): Promise<TestBed> {
  return (await openZfsIsHere()) ? openZfsTestBed() : simulatorTestBed();
}

async function openZfsIsHere(): Promise<boolean> {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return false;
  try {
    await access('/dev/zfs', constants.W_OK);
    return (await createZfs().version()).kernel !== undefined;
  } catch (error) {
    if (error instanceof ZfsError || (error instanceof Error && 'code' in error)) return false;
    throw error;
  }
}
