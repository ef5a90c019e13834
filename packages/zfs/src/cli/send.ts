/** `zfs send`. */
import { formatVersion } from '../model/index.ts';
import type { SendOptions, SendProcess } from '../zfs.ts';
import { outputError, runLines } from './output.ts';
import type { Runner } from './run.ts';

/** The flags and names of a send, without `zfs send` itself. @throws {TypeError} when the options contradict. */
export function sendArguments(options: SendOptions): string[] {
  const { dataset, from, fromOrigin, to } = options;
  if (fromOrigin !== undefined && (from !== undefined || options.intermediates === true)) {
    throw new TypeError('the first send of a clone has its origin as its only source, and goes to one snapshot (-i)');
  }
  if (options.intermediates === true && from?.kind !== 'snapshot') {
    // Openzfs#12415: there is no list of what lies between a bookmark and a snapshot.
    throw new TypeError('a send with intermediate snapshots (-I) begins at a snapshot');
  }
  const flags = [
    ...(options.raw === true ? ['-w'] : []),
    ...(options.largeBlocks === true ? ['-L'] : []),
    ...(options.compressed === true ? ['-c'] : []),
    ...(options.embedded === true ? ['-e'] : []),
  ];
  const source =
    fromOrigin !== undefined
      ? ['-i', formatVersion(fromOrigin.dataset, { kind: 'snapshot', name: fromOrigin.name })]
      : from === undefined
        ? []
        : [options.intermediates === true ? '-I' : '-i', formatVersion(dataset, from)];
  return [...flags, ...source, formatVersion(dataset, { kind: 'snapshot', name: to })];
}

export function send(runner: Runner, options: SendOptions): SendProcess {
  const subject = formatVersion(options.dataset, { kind: 'snapshot', name: options.to });
  const command = runner.start(['send', ...sendArguments(options)], subject);
  return { stream: command.stdout, done: command.done, kill: () => command.kill() };
}

/** The total of `zfs send -nvP`, whose last row is `size<tab>bytes`. */
export async function estimateSend(runner: Runner, options: SendOptions): Promise<bigint> {
  const subject = formatVersion(options.dataset, { kind: 'snapshot', name: options.to });
  const args = ['send', '-nvP', ...sendArguments(options)];
  const lines = await runLines(runner, args, subject);
  const size = lines.map((line) => /^size\t(\d+)$/.exec(line)?.[1]).find((bytes) => bytes !== undefined);
  if (size === undefined) throw outputError({ argv: ['zfs', ...args] }, 'the estimate has no row "size"');
  return BigInt(size);
}
