/** Runs cases of a target, and says how to repeat the one that fails. */
import { readdirSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { Random } from './random.ts';
import { startWatchdog } from './watchdog.ts';

/** Something that takes bytes from others. */
export interface Target {
  readonly name: string;
  /** What holds whatever comes, in a few words. */
  readonly promise: string;
  /** Cases of a bounded run: a second or so. */
  readonly cases: number;
  /** The longest that one case may take: ten times what the slowest honest one does, on a busy machine. */
  readonly msMax: number;
  /** The input of a case. */
  generate(random: Random): Uint8Array;
  /** @throws when the promise is broken */
  run(input: Uint8Array): void | Promise<void>;
}

/** A broken promise. */
export interface Find {
  readonly target: string;
  /** Undefined for an input that was given. */
  readonly seed: number | undefined;
  readonly input: Uint8Array;
  readonly error: unknown;
}

/** @param seed of the first case; each further one has the next number, so that any case is the first of some run */
export async function runCase(target: Target, seed: number): Promise<Find | undefined> {
  return judge(target, target.generate(new Random(seed)), seed);
}

/** An input as it is, such as one that was found once. */
export async function judge(target: Target, input: Uint8Array, seed?: number): Promise<Find | undefined> {
  const loose: unknown[] = [];
  const onLoose = (error: unknown): void => {
    loose.push(error);
  };
  process.on('unhandledRejection', onLoose);
  const done = startWatchdog().watch({ target: target.name, seed, input });
  const started = performance.now();
  try {
    const run = target.run(input);
    if (run !== undefined) {
      await run;
      // Rejections that nobody handles are told after the turn in which they arose.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const tookMs = performance.now() - started;
    if (tookMs > target.msMax) throw new Error(`it took ${Math.round(tookMs)} ms, more than ${target.msMax}`);
    if (loose.length > 0) throw new Error('a rejection was not handled', { cause: loose[0] });
    return undefined;
  } catch (error) {
    return { target: target.name, seed, input, error };
  } finally {
    done();
    process.off('unhandledRejection', onLoose);
  }
}

const SHOWN_BYTES = 4096;

/** All that is needed to see it again. */
export function describeFind({ target, seed, input, error }: Find): string {
  const hex = Buffer.from(input).toString('hex');
  const shown = input.length > SHOWN_BYTES ? `${hex.slice(0, 2 * SHOWN_BYTES)}… (${input.length} bytes)` : hex;
  const again = seed === undefined ? `--input ${shown}` : `--seed ${seed} --cases 1`;
  return [`${target}: ${inspect(error)}`, `input: ${shown}`, `again: pnpm fuzz --target ${target} ${again}`].join('\n');
}

export interface Kept {
  readonly target: string;
  /** What was wrong once. */
  readonly name: string;
  readonly input: Uint8Array;
}

/** Inputs that were found once and must never be found again: `found/TARGET.json`. */
export function keptInputs(): Kept[] {
  const directory = new URL('../../fuzz/found/', import.meta.url);
  return readdirSync(directory).flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as { name: string; input: string }[];
    const target = file.replace(/\.json$/, '');
    return cases.map(({ name, input }) => ({ target, name, input: Uint8Array.from(Buffer.from(input, 'hex')) }));
  });
}
