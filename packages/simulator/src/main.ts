/** Finds the subcommand, loads only it, and turns what it says into an exit code as zfs(8) has them. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContextOptions } from './context.ts';
import { Context, EXIT_SIGPIPE, Exit, sleep, writeAll } from './context.ts';
import { UsageError } from './getopt.ts';
import { Store } from './store/store.ts';

export interface Command {
  /** @returns the exit code */
  run(store: Store, args: readonly string[], verb: string): number | Promise<number>;
}

export type Verbs = Readonly<Record<string, () => Promise<Command>>>;

const EXIT_USAGE = 2;

export async function main(
  program: 'zfs' | 'zpool',
  verbs: Verbs,
  argv: readonly string[],
  options: ContextOptions,
): Promise<number> {
  const root = options.env['ZFSYNC_SIM_ROOT'];
  if (root === undefined || root === '') {
    const text = `${program}: ZFSYNC_SIM_ROOT is not set: it names the directory that holds the simulated pools\n`;
    writeAll(options.stderr ?? 2, Buffer.from(text));
    return EXIT_USAGE;
  }
  const context = new Context(resolve(root), options);
  const [verb, ...args] = argv;
  try {
    const code = await runVerb(program, verbs, new Store(context), verb, args);
    context.flush();
    return code;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    if (error.code !== EXIT_SIGPIPE) context.flush();
    return error.code;
  }
}

/** {@link main} for the process itself. */
export async function runProgram(program: 'zfs' | 'zpool', verbs: Verbs): Promise<void> {
  process.exitCode = await main(program, verbs, process.argv.slice(2), { env: process.env });
  if (process.exitCode !== EXIT_SIGPIPE) return;
  // zfs(8) dies of the signal. Node ignores it from the start; taking a listener away again restores its default.
  const listener = (): void => undefined;
  process.on('SIGPIPE', listener).off('SIGPIPE', listener);
  process.kill(process.pid, 'SIGPIPE');
}

async function runVerb(
  program: 'zfs' | 'zpool',
  verbs: Verbs,
  store: Store,
  verb: string | undefined,
  args: readonly string[],
): Promise<number> {
  const load = verb === undefined ? undefined : verbs[verb];
  if (verb === undefined || !load) {
    const { overview } = await import('./usage.ts');
    store.context.err(verb === undefined ? 'missing command\n' : `unrecognized command '${verb}'\n`);
    store.context.err(overview(program));
    return EXIT_USAGE;
  }
  mkdirSync(`${store.context.root}/pools`, { recursive: true });
  delay(store.context, verb, args);
  const command = await load();
  try {
    return await command.run(store, args, verb);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { usageOf } = await import('./usage.ts');
    store.context.flush();
    store.context.err(`${error.message === '' ? '' : `${error.message}\n`}${usageOf(program, verb)}`);
    return EXIT_USAGE;
  }
}

/** `ZFSYNC_SIM_DELAY`: `send=100,receive:tank/a=2000` in milliseconds, or the same as a JSON object. */
function delay(context: Context, verb: string, args: readonly string[]): void {
  const text = context.env['ZFSYNC_SIM_DELAY'];
  if (text === undefined || text === '') return;
  const entries: [string, unknown][] = text.startsWith('{')
    ? Object.entries(JSON.parse(text) as Record<string, unknown>)
    : text.split(',').map((part) => [part.slice(0, part.lastIndexOf('=')), part.slice(part.lastIndexOf('=') + 1)]);
  for (const [key, value] of entries) {
    const colon = key.indexOf(':');
    const dataset = colon < 0 ? undefined : key.slice(colon + 1);
    if ((colon < 0 ? key : key.slice(0, colon)) !== verb) continue;
    if (dataset !== undefined && !args.some((arg) => arg === dataset || arg.startsWith(`${dataset}@`))) continue;
    sleep(Number(value));
  }
}
