/** Programs that freeze, restart and end, on the simulator; with fewer points on real OpenZFS in test/openzfs/crash.test.ts. */
import type { TestBed } from '@zfsync/zfs/testing';
import t from 'tap';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { frozenSuite } from './frozen-suite.ts';
import { restartSuite } from './restart-suite.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
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
await suite('frozen', frozenSuite);
await suite('restarted, ended, and several at once', restartSuite);
