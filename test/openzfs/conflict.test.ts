import t from 'tap';
import { conflictSuite } from '../kit/conflict-suite.ts';
import { keepingSuite } from '../kit/keeping-suite.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);
const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());
const test: TestFunction = (name, run) =>
  t.test(name, async (t) => {
    await run();
    t.pass(name);
  });
await keepingSuite(test, bed);
await conflictSuite(test, bed);
