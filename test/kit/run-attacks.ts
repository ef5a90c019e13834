import type { Test } from 'tap';
import type { Attack, Bench } from './hostile-bench.ts';

/** Repeats single attacks: a regular expression of what they are about. */
const CHOSEN = new RegExp(process.env['ZFSYNC_ATTACKS'] ?? '');

/** A test for each attack, while the honest sender goes on; then what that has made of it. */
export async function runAttacks(t: Test, bench: Bench, groups: Iterable<readonly [string, readonly Attack[]]>) {
  await bench.start();
  for (const [group, attacks] of groups) {
    await t.test(group, async (t) => {
      for (const attack of attacks.filter(({ what }) => CHOSEN.test(what))) {
        await t.test(attack.what, async () => bench.attack(attack));
      }
    });
  }
  await t.test('and the honest sender', async (t) => {
    await bench.close();
    t.ok(bench.honestRuns.length > 3, `${bench.honestRuns.length} honest runs`);
    t.comment(bench.honestRuns.map((ms) => Math.round(ms)).join(' '));
  });
}
