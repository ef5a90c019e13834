/** A test bed over the simulator: pools below a directory, as any user, nothing mounted. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createZfs, type DatasetName, parseDatasetName, type VersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';

const execute = promisify(execFile);
const BIN = new URL('../../../packages/simulator/bin/', import.meta.url);
export const SIMULATOR_ZFS = fileURLToPath(new URL('zfs', BIN));
export const SIMULATOR_ZPOOL = fileURLToPath(new URL('zpool', BIN));
const POOL_BYTES = 1024 * 1024 * 1024;

export async function simulatorTestBed(): Promise<TestBed> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-simulator-'));
  await writeFile(join(directory, 'key'), randomBytes(32));
  return new SimulatorTestBed(directory);
}

class SimulatorTestBed implements TestBed {
  readonly name = 'simulator';
  readonly command = SIMULATOR_ZFS;
  readonly env: NodeJS.ProcessEnv;
  readonly zfs;
  readonly keyLocation: string;
  readonly mountRoot = undefined;
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    this.env = { ...process.env, ZFSYNC_SIM_ROOT: join(directory, 'root') };
    this.zfs = createZfs({ command: this.command, env: this.env });
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
    return this.#execute(SIMULATOR_ZFS, args);
  }

  async #execute(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execute(command, args, { env: this.env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  async #withInput(args: readonly string[], input: string | Uint8Array): Promise<void> {
    const child = spawn(SIMULATOR_ZFS, args, { env: this.env, stdio: ['pipe', 'ignore', 'pipe'] });
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
    await rm(this.#directory, { recursive: true, force: true });
  }
}
