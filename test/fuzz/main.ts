/** The long run: `pnpm fuzz [--seconds N] [--target NAME] [--seed S] [--cases N] [--input HEX]`. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { describeFind, type Find, judge, runCase, type Target } from './engine.ts';
import { Growth } from './growth.ts';
import { targets } from './targets.ts';

const SLICE_MS = 2_000;
const MIB = 1024 * 1024;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    cases: { type: 'string' },
    input: { type: 'string' },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function chosen(): readonly Target[] {
  const wanted = values.target;
  const unknown = wanted?.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined) throw new Error(`no target ${unknown}: ${targets.map(({ name }) => name).join(', ')}`);
  return targets.filter(({ name }) => wanted?.includes(name) ?? true);
}

interface Progress {
  readonly target: Target;
  readonly growth: Growth;
  seed: number;
  cases: number;
}

/** One target for a while. */
async function slice(progress: Progress, untilMs: number, casesMax: number): Promise<Find | undefined> {
  const { target, growth } = progress;
  growth.begin();
  while (performance.now() < untilMs && progress.cases < casesMax) {
    const find = await runCase(target, progress.seed);
    if (find !== undefined) return find;
    progress.seed = (progress.seed + 1) >>> 0;
    progress.cases += 1;
  }
  growth.end();
  const error = growth.problem();
  return error && { target: target.name, seed: undefined, input: new Uint8Array(0), error };
}

async function run(): Promise<Find | undefined> {
  const selected = chosen();
  const [only] = selected;
  if (values.input !== undefined && only !== undefined)
    return judge(only, Uint8Array.from(Buffer.from(values.input, 'hex')));
  const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
  const casesMax = values.cases === undefined ? Infinity : Number(values.cases);
  const endMs = values.cases === undefined ? performance.now() + Number(values.seconds) * 1000 : Infinity;
  say(`seed ${seed}`);
  if (global.gc === undefined) say('without --expose-gc the growth of memory is not watched');
  const all = selected.map((target): Progress => ({ target, growth: new Growth(target.name), seed, cases: 0 }));
  while (performance.now() < endMs && all.some(({ cases }) => cases < casesMax)) {
    for (const progress of all) {
      const find = await slice(progress, Math.min(endMs, performance.now() + SLICE_MS), casesMax);
      if (find !== undefined) return find;
    }
    const rss = Math.round(process.memoryUsage.rss() / MIB);
    say(`${all.map(({ target, cases }) => `${target.name} ${cases}`).join('  ')}  rss ${rss} MiB`);
  }
  return undefined;
}

const find = await run();
say(find === undefined ? 'nothing found' : describeFind(find));
process.exitCode = find === undefined ? 0 : 1;
