/** What the receiver makes of the streams that it gets: the same suite as on the simulator. */
import t from 'tap';
import { streamTrustSuite } from '../kit/stream-trust-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);
const bed = await openZfsTestBed();
t.teardown(() => bed.dispose());
// Below one test: tap ends a file between two tests that it has not been told of yet.
await t.test('streams', async (t) => {
  await streamTrustSuite(
    (name, run) =>
      t.test(name, async (t) => {
        await run();
        t.pass(name);
      }),
    bed,
  );
});
