/** What a target remembers, properties, encrypted datasets: the same suite that runs on real OpenZFS in test/openzfs/. */
import t from 'tap';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';
import { trustSuite } from '../kit/trust-suite.ts';

t.setTimeout(900_000);
const bed = await servedSimulatorTestBed();
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
