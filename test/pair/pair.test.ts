/** The pair on the simulator: the same suites that run on real OpenZFS in test/openzfs/. */
import t from 'tap';
import type { TestBed } from '@zfsync/zfs/testing';
import { pairSuite, type TestFunction } from '../kit/pair-suite.ts';
import { programsSuite } from '../kit/programs-suite.ts';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
/** A suite below a test of its own: tap ends a file between two tests that it has not been told of yet. */
const suite = (name: string, run: (test: TestFunction, bed: TestBed) => Promise<void>) =>
  t.test(name, (t) =>
    run(
      (name, body) =>
        t.test(name, async (t) => {
          await body();
          t.pass(name);
        }),
      bed,
    ),
  );
await suite('in one process', pairSuite);
await suite('as programs', programsSuite);
