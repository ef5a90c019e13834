/** Broken lines, killed and frozen programs, forged tokens: what test/crash does on the simulator, with fewer points. */
import type { TestBed } from '@zfsync/zfs/testing';
import t from 'tap';
import { cutSuite } from '../crash/cut-suite.ts';
import { frozenSuite } from '../crash/frozen-suite.ts';
import { killSuite } from '../crash/kill-suite.ts';
import { restartSuite } from '../crash/restart-suite.ts';
import { tokenSuite } from '../crash/token-suite.ts';
import type { TestFunction } from '../kit/pair-suite.ts';
import { openZfsTestBed } from '../kit/testbed-openzfs.ts';

t.setTimeout(0);

/** Each with pools of its own, which are destroyed before the next one begins. */
async function suite(name: string, run: (test: TestFunction, bed: TestBed) => Promise<void>): Promise<void> {
  await t.test(name, async (t) => {
    const bed = await openZfsTestBed();
    t.teardown(() => bed.dispose());
    await run(
      (name, body) =>
        t.test(name, async (t) => {
          await body();
          t.pass(name);
        }),
      bed,
    );
  });
}

await suite('tokens', tokenSuite);
await suite('killed', (test, bed) => killSuite(test, bed, ({ real }) => real === true));
await suite('frozen', (test, bed) => frozenSuite(test, bed, ({ real }) => real === true));
await suite('restarted', (test, bed) => restartSuite(test, bed, 'real'));
const few = { outbound: 3, inbound: 3 };
await suite('cut', (test, bed) => cutSuite(test, bed, { first: few, next: few, edges: false, stalls: 1 }));
