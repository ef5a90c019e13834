/** A test bed over the simulator: pools below a directory, as any user, nothing mounted. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDatasetDestroyer, createZfs, type DatasetName, parseDatasetName, type VersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';

const execute = promisify(execFile);
const BIN = new URL('../../../packages/simulator/bin/', import.meta.url);
export const SIMULATOR_ZFS = fileURLToPath(new URL('zfs', BIN));
export const SIMULATOR_ZPOOL = fileURLToPath(new URL('zpool', BIN));
const SIMULATOR_ZFS_SERVED = fileURLToPath(new URL('zfs-served', BIN));
const SERVER = fileURLToPath(new URL('../dist/serve.js', BIN));
const POOL_BYTES = 1024 * 1024 * 1024;

export async function simulatorTestBed(): Promise<TestBed> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-simulator-'));
  await writeFile(join(directory, 'key'), randomBytes(32));
  return new SimulatorTestBed(directory, SIMULATOR_ZFS, {});
}

/** The same at a tenth of the cost, for hundreds of sessions: a server runs every command that moves no stream. */
export async function servedSimulatorTestBed(): Promise<TestBed> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-simulator-'));
  await writeFile(join(directory, 'key'), randomBytes(32));
  const shared = join(directory, 'server');
  await mkdir(shared);
  await execute('mkfifo', [join(shared, 'requests')]);
  const bed = new SimulatorTestBed(directory, SIMULATOR_ZFS_SERVED, { ZFSYNC_SIM_SERVER: shared });
  // Without what a test runner has in store for every Node.
  const env = { ...bed.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' };
  const server = spawn(process.execPath, [SERVER, shared], { env, stdio: ['pipe', 'ignore', 'inherit'] });
  bed.onDispose = async () => {
    server.stdin.end();
    await once(server, 'close');
  };
  return bed;
}

class SimulatorTestBed implements TestBed {
  readonly name = 'simulator';
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly zfs;
  readonly destroyer;
  readonly keyLocation: string;
  readonly mountRoot = undefined;
  readonly #directory: string;
  onDispose: () => Promise<void> = () => Promise.resolve();

  constructor(directory: string, command: string, env: NodeJS.ProcessEnv) {
    this.#directory = directory;
    this.command = command;
    this.env = { ...process.env, ...env, ZFSYNC_SIM_ROOT: join(directory, 'root') };
    this.zfs = createZfs({ command: this.command, env: this.env });
    this.destroyer = createDatasetDestroyer({ command: this.command, env: this.env });
    this.keyLocation = `file://${join(directory, 'key')}`;
  }

  async createPool(
    label: string,
    properties: Readonly<Record<string, string>> = {},
    bytes = POOL_BYTES,
  ): Promise<DatasetName> {
    const pool = parseDatasetName(`sim_${randomBytes(4).toString('hex')}_${label}`);
    const device = join(this.#directory, pool);
    await writeFile(device, '');
    await truncate(device, bytes);
    const all = { canmount: 'off', mountpoint: 'none', ...properties };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-O', `${name}=${value}`]);
    await this.#execute(SIMULATOR_ZPOOL, ['create', ...flags, pool, device]);
    return pool;
  }

  run(...args: readonly string[]): Promise<string> {
    return this.#execute(this.command, args);
  }

  async #execute(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execute(command, args, { env: this.env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  async #withInput(args: readonly string[], input: string | Uint8Array): Promise<void> {
    const child = spawn(this.command, args, { env: this.env, stdio: ['pipe', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`zfs ${args.join(' ')}: ${stderr}`);
  }

  write(dataset: DatasetName, path: string, content: string | Uint8Array): Promise<void> {
    return this.#withInput(['sim-put', dataset, path], content);
  }

  async makeDirectory(dataset: DatasetName, path: string): Promise<void> {
    await this.run('sim-mkdir', dataset, path);
  }

  async contents(dataset: DatasetName, snapshot: VersionName): Promise<ReadonlyMap<string, string>> {
    const digests = new Map<string, string>();
    for (const line of (await this.run('sim-digest', `${dataset}@${snapshot}`)).split('\n')) {
      const [, digest, path] = /^([0-9a-f]{64}) {2}(.*)$/.exec(line) ?? [];
      if (digest !== undefined && path !== undefined) digests.set(path, digest);
    }
    return digests;
  }

  writeVolume(dataset: DatasetName, offset: number, content: Uint8Array): Promise<void> {
    return this.#withInput(['sim-put', dataset, String(offset)], content);
  }

  async volumeDigest(dataset: DatasetName, snapshot: VersionName): Promise<string> {
    const digest = /^[0-9a-f]{64}/.exec(await this.run('sim-digest', `${dataset}@${snapshot}`))?.[0];
    if (digest === undefined) throw new Error(`the simulator gives no digest of ${dataset}@${snapshot}`);
    return digest;
  }

  async dispose(): Promise<void> {
    await this.onDispose();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
