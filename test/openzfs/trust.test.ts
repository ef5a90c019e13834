/** What a target remembers, properties, encrypted datasets: the same suite as on the simulator. */
import t from 'tap';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';
import { trustSuite } from '../kit/trust-suite.ts';

t.setTimeout(0);
const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());
// Below one test: tap ends a file between two tests that it has not been told of yet.
await t.test('flags, encryption and properties', async (t) => {
  await trustSuite(
    (name, run) =>
      t.test(name, async (t) => {
        await run();
        t.pass(name);
      }),
    bed,
  );
});
