/** Trust, by both programs on the simulator. */
import t from 'tap';
import { pairingSuite } from '../kit/pairing-suite.ts';
import { simulatorTestBed } from '../kit/testbed-simulator.ts';

t.setTimeout(900_000);
const bed = await simulatorTestBed();
t.teardown(() => bed.dispose());
await t.test('pairing', (t) =>
  pairingSuite(
    (name, body) =>
      t.test(name, async (t) => {
        await body();
        t.pass(name);
      }),
    bed,
  ),
);
