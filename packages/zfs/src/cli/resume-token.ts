/** `zfs send -t`: what a resume token holds, and the rest of the stream that it stands for. */
import { Readable } from 'node:stream';
import { inflateSync } from 'node:zlib';
import { ZfsError } from '../errors.ts';
import { InvalidNameError, parseDatasetName, parseVersionName, quoted, type ResumeToken } from '../model/index.ts';
import type { SendProcess } from '../zfs.ts';
import { readLines } from './output.ts';
import type { Runner } from './run.ts';

/** Ten times what a token of the longest name comes to; a redacted send's may list snapshots. */
export const TOKEN_CHARACTERS_MAX = 16 * 1024;
/** Of the packed nvlist that is deflated in a token. */
const CONTENTS_BYTES_MAX = 64 * 1024;
/** `RESUME_TOKEN`: version, checksum, length, deflated nvlist; libzfs takes nothing that lacks one of them. */
const TOKEN = /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-(?<deflated>[0-9a-f]+)$/;
/**
 * A line of the printed contents as it would lie within a string of the nvlist. zfs prints strings as they are, so that
 * a forged token could show one thing (`rawok = 1`) and do another.
 */
const LINE_WITHIN =
  /\n(\t(fromguid|object|offset|bytes|to(guid|name)|(largeblock|embed|compress|raw)ok)|full|incremental|size\t)/;
const NUMBER = /^(0x[0-9a-f]{1,16}|\d{1,20})$/;

/** What is told by a token is not what it should be; the message says what. */
export class TokenError extends Error {
  static {
    this.prototype.name = 'TokenError';
  }
}

function corrupt(problem: string, cause?: unknown): ZfsError {
  return new ZfsError(`resume token is corrupt: ${problem}`, {
    reason: 'resume-token-corrupt',
    argv: [],
    exitCode: null,
    signal: null,
    stderrTail: '',
    cause,
  });
}

/**
 * What may go into an argv. A token comes from the target's host: nothing of it is believed.
 * @throws {TokenError}
 */
export function checkToken(text: string): void {
  if (text.length > TOKEN_CHARACTERS_MAX) throw new TokenError(`it has ${String(text.length)} characters`);
  const deflated = TOKEN.exec(text)?.groups?.['deflated'];
  if (deflated === undefined) throw new TokenError('it is not of the form of a token');
  let contents: Buffer;
  try {
    contents = inflateSync(Buffer.from(deflated, 'hex'), { maxOutputLength: CONTENTS_BYTES_MAX });
  } catch (error) {
    throw new TokenError(`its contents cannot be unpacked (${error instanceof Error ? error.message : String(error)})`);
  }
  if (LINE_WITHIN.test(contents.toString('latin1'))) throw new TokenError('it holds a forged line');
}

function numberOf(values: ReadonlyMap<string, string>, key: string): bigint {
  const text = values.get(key);
  if (text === undefined) throw new TokenError(`it has no ${key}`);
  if (!NUMBER.test(text)) throw new TokenError(`its ${key} is ${quoted(text)} instead of a number`);
  return BigInt(text);
}

/** The rows of `name = value`, and what comes after them. @throws {TokenError} on a name that comes twice. */
function readContents(lines: readonly string[]): { values: Map<string, string>; rest: readonly string[] } {
  const values = new Map<string, string>();
  const start = lines.indexOf('resume token contents:') + 1;
  if (start === 0) throw new TokenError('zfs printed no contents');
  let at = start;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, value] = /^\t(\w+) = (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      if (line.startsWith('nvlist version: ')) continue;
      break;
    }
    if (values.has(name)) throw new TokenError(`it has ${name} twice`);
    values.set(name, value);
  }
  const rest = lines.slice(at);
  const strange = rest.find((line) => !/^(full|incremental|size)\t/.test(line));
  if (strange !== undefined) throw new TokenError(`zfs printed ${quoted(strange)} of it`);
  return { values, rest };
}

/** @throws {TokenError} when it is no snapshot's name. */
function checkSnapshotName(name: string): string {
  const [dataset = '', snapshot, more] = name.split('@');
  if (snapshot === undefined || more !== undefined) throw new TokenError(`${quoted(name)} is no snapshot`);
  try {
    parseDatasetName(dataset);
    parseVersionName(snapshot);
  } catch (error) {
    if (error instanceof InvalidNameError) throw new TokenError(error.message);
    throw error;
  }
  return name;
}

/** An estimate less than what the target has already comes out below zero, as an unsigned number (2.1.11). */
function estimateOf(text: string): bigint {
  const bytes = BigInt.asIntN(64, BigInt(text));
  return bytes < 0n ? 0n : bytes;
}

/**
 * What `zfs send -nvPt` printed on stdout; `text` is the token. `largeblockok` and the like count when they are there,
 * whatever their value, as they do for libzfs (`zfs_send_resume_impl` asks `nvlist_exists`).
 * @throws {TokenError}
 */
export function parseTokenContents(text: string, lines: readonly string[]): Omit<ResumeToken, 'problem'> {
  const { values, rest } = readContents(lines);
  const told = checkSnapshotName(values.get('toname') ?? '');
  const [, sent] = /^(?:full|incremental\t[^\t]+)\t([^\t]+)\t\d+$/m.exec(rest.join('\n')) ?? [];
  const size = rest.map((line) => /^size\t(\d+)$/.exec(line)?.[1]).find((bytes) => bytes !== undefined);
  return {
    text,
    toName: sent === undefined ? told : checkSnapshotName(sent),
    toGuid: numberOf(values, 'toguid'),
    fromGuid: values.has('fromguid') ? numberOf(values, 'fromguid') : undefined,
    bytesReceived: numberOf(values, 'bytes'),
    bytesLeft: size === undefined ? undefined : estimateOf(size),
    raw: values.has('rawok'),
    largeBlocks: values.has('largeblockok'),
    compressed: values.has('compressok'),
    embedded: values.has('embedok'),
  };
}

/** A zfs that ended by itself after it had printed the contents: it cannot go on with what it has read. */
function isProblem(error: unknown): error is ZfsError {
  return error instanceof ZfsError && error.exitCode !== null && error.reason !== 'killed';
}

export async function decodeResumeToken(runner: Runner, token: string): Promise<ResumeToken> {
  try {
    checkToken(token);
  } catch (error) {
    if (error instanceof TokenError) throw corrupt(error.message, error);
    throw error;
  }
  const lines: string[] = [];
  let problem: ZfsError | undefined;
  try {
    for await (const line of readLines(runner.start(['send', '-nvPt', token], 'a resume token'))) lines.push(line);
  } catch (error) {
    if (!isProblem(error) || error.reason === 'resume-token-corrupt' || lines.length === 0) throw error;
    problem = error;
  }
  try {
    return { ...parseTokenContents(token, lines), problem };
  } catch (error) {
    if (error instanceof TokenError) throw corrupt(error.message, error);
    throw error;
  }
}

export function resumeSend(runner: Runner, token: string): SendProcess {
  try {
    checkToken(token);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const done = Promise.reject(corrupt(error.message, error));
    done.catch(() => undefined);
    return { stream: Readable.from([]), done, kill: () => Promise.resolve() };
  }
  const command = runner.start(['send', '-t', token], 'an interrupted stream');
  return { stream: command.stdout, done: command.done, kill: () => command.kill() };
}
