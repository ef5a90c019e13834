/** The bounded run of `test/fuzz`: what was found once, the same cases every time, and some that nobody has seen yet. */
import { randomInt } from 'node:crypto';
import t from 'tap';
import { describeFind, judge, keptInputs, runCase } from '../../fuzz/engine.ts';
import { targets } from '../../fuzz/targets.ts';

/** Of the cases of a target so many are new ones. */
const NEW_SHARE = 0.25;
const FIXED_SEED = 1;

t.test('what was found once', async (t) => {
  for (const { target: name, name: what, input } of keptInputs()) {
    const target = targets.find((one) => one.name === name);
    if (target === undefined) throw new Error(`no target ${name}`);
    const find = await judge(target, input);
    t.equal(find && describeFind(find), undefined, `${name}: ${what}`);
  }
});

for (const target of targets) {
  t.test(`${target.name}: ${target.promise}`, async (t) => {
    const newSeed = randomInt(2 ** 32);
    t.comment(`seed ${newSeed}`);
    const newCases = Math.ceil(target.cases * NEW_SHARE);
    for (const [first, cases] of [
      [FIXED_SEED, target.cases - newCases],
      [newSeed, newCases],
    ] as const) {
      for (let i = 0; i < cases; i += 1) {
        const find = await runCase(target, (first + i) >>> 0);
        if (find !== undefined) {
          t.fail(describeFind(find));
          return;
        }
      }
      t.pass(`${cases} cases from seed ${first}`);
    }
  });
}
