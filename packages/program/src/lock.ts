/**
 * A lock that a dead process cannot leave behind: to hold it is to listen on a unix socket, which ends with the process.
 *
 * Each process that wants a lock listens on a socket of its own, and only then gives it its name in the directory: what
 * is visible there is alive or will never be. Then it connects to all others. One that is refused is dead and removed,
 * which is safe as no name is ever used twice; one that accepts is alive, even if its process is stopped, since it is
 * the kernel that accepts. What it holds is in a file beside the socket.
 *
 * Of two that conflict one sees the other, as both show themselves before they look. Who sees an owner is busy. Who sees
 * an elder contender withdraws and tries again later. Who sees younger ones waits for those that were there before it:
 * those that come later see it, and withdraw.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleepMs } from 'node:timers/promises';
import { ReplicationError } from '@zfsync/zfs';
import { BUSY_CODE } from './exit-code.ts';
import { checkRunDirectory, RUN_DIRECTORY } from './run-directory.ts';
import { openSocketDirectory, type SocketDirectory } from './socket-directory.ts';

export interface LockOptions {
  /** Of this user alone: that of what is locked, or see `defaultRunDirectory`. */
  readonly directory: string;
  /** Locks of different kinds know nothing of each other. */
  readonly kind: 'send' | 'recv' | 'state';
  /** What is locked. */
  readonly name: string;
  /** What this process does, for the one who is told that it is busy. */
  readonly what: string;
  /** Whether the two may not be held at the same time; symmetric, and true for `name` itself. */
  readonly conflicts: (other: string) => boolean;
  /** 0 ≤ x < 1, to spread those who try again. */
  readonly random?: () => number;
  readonly now?: () => Date;
  readonly platform?: NodeJS.Platform;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface Lock {
  /** Idempotent. */
  release(): void;
}

/** How the directory of a lock is called where it is no good. */
const PLACE_NAME = { send: RUN_DIRECTORY, recv: RUN_DIRECTORY, state: 'the state directory' } as const;

/** How often one that must give way to another contender tries again. */
const ATTEMPTS = 6;

/** Before the second attempt at most this, doubled each time. */
const RETRY_MS = 50;

/** Between two looks at younger contenders; they withdraw within milliseconds, unless their process is stopped. */
const LOOK_MS = 20;
const LOOKS = 100;

/** Files without a socket are removed when they are older; their process died before it had a socket. */
const LEFTOVER_MS = 60_000;

/** What a file beside a socket says. */
interface Holder {
  readonly state: 'contender' | 'owner';
  readonly name: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
  readonly what: string;
  /** Makes `since` unique: who is elder is the same for everyone. */
  readonly ticket: string;
}

interface Rival {
  readonly id: string;
  /** Undefined when its file is gone or unreadable: it may hold anything then. */
  readonly holder: Holder | undefined;
}

/**
 * @throws {ReplicationError} {@link BUSY_CODE} when another process has it or something that conflicts with it;
 * LOCK_FAILED when the directory cannot be written to.
 * @throws {ConfigError} when the directory is not safe, or, on other systems than Linux, its path too long for a socket.
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  const { directory, random = Math.random, now = () => new Date(), sleep = sleepMs } = options;
  const { kind, name, what } = options;
  checkRunDirectory(directory, PLACE_NAME[kind]);
  const ticket = randomBytes(8).toString('hex');
  const self: Holder = { state: 'contender', name, pid: process.pid, since: now().toISOString(), what, ticket };
  for (let attempt = 1; ; attempt += 1) {
    const place = await Place.take(options, self);
    try {
      const { rival, final } = await contend(place, self, options, sleep);
      if (rival === undefined) {
        place.describe({ ...self, state: 'owner' });
        return place;
      }
      if (final || attempt === ATTEMPTS) throw busy(rival, name, directory);
    } catch (error) {
      place.release();
      throw error instanceof ReplicationError ? error : lockFailed(directory, error);
    }
    place.release();
    await sleep(random() * RETRY_MS * 2 ** (attempt - 1));
  }
}

interface Outcome {
  /** Stands in the way; undefined when nobody does. */
  readonly rival: Rival | undefined;
  /** Another attempt would come to the same. */
  readonly final: boolean;
}

async function contend(
  place: Place,
  self: Holder,
  { conflicts }: LockOptions,
  sleep: (ms: number) => Promise<unknown>,
): Promise<Outcome> {
  const before = new Set<string>();
  for (let look = 1; ; look += 1) {
    const rivals = (await place.others()).filter(({ holder }) => holder === undefined || conflicts(holder.name));
    const owner = rivals.find(({ holder }) => holder?.state === 'owner');
    if (owner !== undefined) return { rival: owner, final: true };
    const elder = rivals.find(({ holder }) => holder !== undefined && isElder(holder, self));
    if (elder !== undefined) return { rival: elder, final: false };
    if (look === 1) for (const { id } of rivals) before.add(id);
    const awaited = rivals.find(({ id, holder }) => holder === undefined || before.has(id));
    if (awaited === undefined || look === LOOKS) return { rival: awaited, final: true };
    await sleep(LOOK_MS);
  }
}

function isElder(one: Holder, other: Holder): boolean {
  return one.since < other.since || (one.since === other.since && one.ticket < other.ticket);
}

/** A socket that listens under a name of its own in the directory, and the file beside it. */
class Place implements Lock {
  readonly #directory: string;
  readonly #kind: string;
  readonly #id: string;
  readonly #sockets: SocketDirectory;
  readonly #server: Server;
  #released = false;

  private constructor(directory: string, kind: string, id: string, sockets: SocketDirectory, server: Server) {
    this.#directory = directory;
    this.#kind = kind;
    this.#id = id;
    this.#sockets = sockets;
    this.#server = server;
  }

  /** @throws {ReplicationError} LOCK_FAILED. @throws {ConfigError} when the path is too long. */
  static async take(options: LockOptions, holder: Holder): Promise<Place> {
    const { directory, kind } = options;
    const id = `${kind}.${randomBytes(8).toString('hex')}`;
    const path = join(directory, `${id}.sock`);
    const sockets = socketsIn(options, Buffer.byteLength(`${id}.sock`));
    const server = createServer((socket) => socket.destroy());
    const place = new Place(directory, kind, id, sockets, server);
    try {
      place.describe(holder);
      const unnamed = join(directory, `${id}.new`);
      await listen(server, join(sockets.path, `${id}.new`));
      chmodSync(unnamed, 0o600);
      renameSync(unnamed, path);
      return place;
    } catch (error) {
      place.release();
      throw lockFailed(directory, error);
    }
  }

  /** Replaces the file beside the socket, which is whole at any time. */
  describe(holder: Holder): void {
    const path = join(this.#directory, `${this.#id}.info`);
    writeFileSync(`${path}.new`, JSON.stringify(holder), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    // The name first: so nobody takes us for dead while we still listen, or for alive afterwards.
    remove(this.#directory, this.#id);
    this.#server.close();
    this.#sockets.close();
  }

  /** All others of the kind that are alive. What dead ones have left is removed. */
  async others(): Promise<Rival[]> {
    const files = readdirSync(this.#directory).filter((file) => file.startsWith(`${this.#kind}.`));
    const ids = files.filter((file) => file.endsWith('.sock')).map((file) => file.slice(0, -'.sock'.length));
    const shown = new Set(ids);
    for (const file of files) if (!shown.has(idOf(file))) removeLeftover(join(this.#directory, file));
    const rivals: Rival[] = [];
    for (const id of ids) {
      if (id === this.#id) continue;
      if (await isAlive(join(this.#sockets.path, `${id}.sock`))) rivals.push({ id, holder: this.#read(id) });
      else remove(this.#directory, id);
    }
    return rivals;
  }

  #read(id: string): Holder | undefined {
    try {
      return holderOf(JSON.parse(readFileSync(join(this.#directory, `${id}.info`), 'utf8')));
    } catch (error) {
      // Gone with its owner just now, or damaged by hand; a socket without it counts as in the way.
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** `send.0123456789abcdef` of any of its files. */
function idOf(file: string): string {
  return file.split('.', 2).join('.');
}

function holderOf(value: unknown): Holder | undefined {
  const { state, name, pid, since, what, ticket } = (value ?? {}) as Partial<Record<keyof Holder, unknown>>;
  const texts = [name, since, what, ticket];
  const valid = texts.every((text) => typeof text === 'string') && typeof pid === 'number';
  return valid && (state === 'owner' || state === 'contender') ? (value as Holder) : undefined;
}

function remove(directory: string, id: string): void {
  for (const suffix of ['.sock', '.new', '.info', '.info.new'])
    rmSync(join(directory, `${id}${suffix}`), { force: true });
}

function removeLeftover(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && Date.now() - stats.mtimeMs > LEFTOVER_MS) rmSync(path, { force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      // One that could not be accepted has seen that we are alive all the same: its connect succeeded.
      server.on('error', () => undefined);
      server.unref();
      resolve();
    });
  });
}

/** Whether a process listens there. One with a full backlog does: Linux says EAGAIN then. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else if (error.code === 'EAGAIN') resolve(true);
      // It stopped listening before it accepted; what it is now the next attempt tells.
      else if (error.code === 'ECONNRESET') resolve(isAlive(path));
      else reject(error);
    });
  });
}

function socketsIn({ directory, kind, platform }: LockOptions, nameBytes: number): SocketDirectory {
  try {
    return openSocketDirectory({ directory, what: PLACE_NAME[kind], nameBytes, platform });
  } catch (error) {
    throw error instanceof ReplicationError ? error : lockFailed(directory, error);
  }
}

function busy({ id, holder }: Rival, name: string, directory: string): ReplicationError {
  const who =
    holder === undefined
      ? `a process that cannot be named; its socket is ${join(directory, `${id}.sock`)}`
      : `process ${holder.pid} since ${holder.since}: ${holder.what}`;
  return new ReplicationError(`busy: ${name} is taken by ${who}`, {
    code: BUSY_CODE,
    retry: 'backoff',
    context: { lock: name, ...(holder && { holder: holder.name, pid: holder.pid, since: holder.since }) },
  });
}

function lockFailed(directory: string, cause: unknown): ReplicationError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ReplicationError(`cannot lock in ${directory}: ${why}`, {
    code: 'LOCK_FAILED',
    retry: 'operator',
    context: { directory },
    cause,
  });
}
