/** What the receiver makes of the streams that it gets: the same suite runs on real OpenZFS in test/openzfs/. */
import t from 'tap';
import { streamTrustSuite } from '../kit/stream-trust-suite.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
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
