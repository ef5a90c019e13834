/** A test file that is nothing but suites on a test bed. */
import type { TestBed } from '@zfsync/zfs/testing';
import t, { type Test } from 'tap';
import { endPrograms } from './programs.ts';

type TestFunction = (name: string, body: () => Promise<void>) => Promise<void>;

export type Suite = (test: TestFunction, bed: TestBed) => Promise<void>;

/** Each case of a suite is a test below `t`. */
export function testsOf(t: Test): TestFunction {
  return async (name, body) => {
    await t.test(name, async (t) => {
      await body();
      t.pass(name);
    });
  };
}

/**
 * Runs the suites one after the other, each on a test bed of its own.
 *
 * @param suites by what they are about
 * @param timeoutMs for all of them; 0 = none: on real OpenZFS the lab has a limit of its own
 */
export async function runSuites(
  openTestBed: () => Promise<TestBed>,
  suites: Readonly<Record<string, Suite>>,
  timeoutMs: number,
): Promise<void> {
  t.setTimeout(timeoutMs);
  for (const [about, suite] of Object.entries(suites)) {
    // Below a test of its own: tap ends a file between two tests that it has not been told of yet.
    await t.test(about, async (t) => {
      const bed = await openTestBed();
      t.teardown(() => {
        endPrograms();
        return bed.dispose();
      });
      await suite(testsOf(t), bed);
    });
  }
}
