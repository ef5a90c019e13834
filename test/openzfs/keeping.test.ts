import t from 'tap';
import { keepingSuite } from '../kit/keeping-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);
const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());
await keepingSuite(
  (name, run) =>
    t.test(name, async (t) => {
      await run();
      t.pass(name);
    }),
  bed,
);
