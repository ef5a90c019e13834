/** What keeps a chain going, and what to do when it is broken: the same suites run on real OpenZFS in test/openzfs/. */
import t from 'tap';
import { appendOnlySuite } from '../kit/append-only-suite.ts';
import { conflictSuite } from '../kit/conflict-suite.ts';
import { keepingSuite } from '../kit/keeping-suite.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
t.teardown(() => bed.dispose());
// Below one test: tap ends a file between two tests that it has not been told of yet.
await t.test('conflicts and keeping', async (t) => {
  const test: TestFunction = (name, run) =>
    t.test(name, async (t) => {
      await run();
      t.pass(name);
    });
  await keepingSuite(test, bed);
  await conflictSuite(test, bed);
  await appendOnlySuite(test, bed);
});
