/** A test bed over the real OpenZFS of this machine or lab: pools in files, Linux only, as root. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDatasetDestroyer, createZfs, type DatasetName, parseDatasetName, type VersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';

const execute = promisify(execFile);
const POOL_BYTES = 1024 * 1024 * 1024;
const DEVICE_WAIT_MS = 10_000;

async function run(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(command, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

export async function openZfsTestBed(options: { readonly command?: string } = {}): Promise<TestBed> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-test-'));
  const keyFile = join(directory, 'key');
  await writeFile(keyFile, randomBytes(32));
  return new OpenZfsTestBed(directory, keyFile, options.command ?? 'zfs');
}

class OpenZfsTestBed implements TestBed {
  readonly name = 'openzfs';
  readonly command: string;
  readonly env = process.env;
  readonly zfs;
  readonly destroyer;
  readonly keyLocation: string;
  readonly mountRoot: string;
  readonly #directory: string;
  readonly #pools: DatasetName[] = [];
  #count = 0;

  constructor(directory: string, keyFile: string, command: string) {
    this.#directory = directory;
    this.command = command;
    this.zfs = createZfs({ command });
    this.destroyer = createDatasetDestroyer({ command });
    this.keyLocation = `file://${keyFile}`;
    this.mountRoot = join(directory, 'mounts');
  }

  async createPool(
    label: string,
    properties: Readonly<Record<string, string>> = {},
    bytes = POOL_BYTES,
  ): Promise<DatasetName> {
    const pool = parseDatasetName(`zfsync_test_${randomBytes(4).toString('hex')}_${label}`);
    const file = join(this.#directory, pool);
    await writeFile(file, '');
    await truncate(file, bytes);
    const all = { canmount: 'off', mountpoint: 'none', ...properties };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-O', `${name}=${value}`]);
    await run('zpool', ['create', '-o', 'cachefile=none', ...flags, pool, file]);
    this.#pools.push(pool);
    return pool;
  }

  run(...args: readonly string[]): Promise<string> {
    return run(this.command, args);
  }

  async write(dataset: DatasetName, path: string, content: string | Uint8Array): Promise<void> {
    await this.#mounted(dataset, 'rw,noatime', async (root) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    });
  }

  async makeDirectory(dataset: DatasetName, path: string): Promise<void> {
    await this.#mounted(dataset, 'rw,noatime', async (root) => {
      await mkdir(join(root, path), { recursive: true });
    });
  }

  async contents(dataset: DatasetName, snapshot: VersionName): Promise<ReadonlyMap<string, string>> {
    return this.#mounted(`${dataset}@${snapshot}`, 'ro', async (root) => {
      const digests = new Map<string, string>();
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        digests.set(file.slice(root.length + 1), await digestOf(file));
      }
      return digests;
    });
  }

  /** Mounts at a place of its own, whatever the mountpoint property says and whether it is mounted already. */
  async #mounted<T>(source: string, options: string, use: (root: string) => Promise<T>): Promise<T> {
    const root = join(this.#directory, `mount-${String(++this.#count)}`);
    await mkdir(root);
    const zfsutil = source.includes('@') ? options : `${options},zfsutil`;
    await run('mount', ['-t', 'zfs', '-o', zfsutil, source, root]);
    try {
      return await use(root);
    } finally {
      await run('umount', [root]);
      await rm(root, { recursive: true });
    }
  }

  async writeVolume(dataset: DatasetName, offset: number, content: Uint8Array): Promise<void> {
    const device = await open(await this.#deviceOf(dataset), 'r+');
    try {
      await device.write(content, 0, content.length, offset);
      await device.sync();
    } finally {
      await device.close();
    }
  }

  async volumeDigest(dataset: DatasetName, snapshot: VersionName): Promise<string> {
    const clone = parseDatasetName(`${dataset.split('/')[0] ?? ''}/digest-${String(++this.#count)}`);
    await this.run('clone', `${dataset}@${snapshot}`, clone);
    try {
      return await digestOf(await this.#deviceOf(clone));
    } finally {
      await this.#retried(() => this.run('destroy', clone));
    }
  }

  /** There may be no udev to make links below /dev/zvol: each device is asked for its name. */
  async #deviceOf(dataset: DatasetName): Promise<string> {
    // zvol_id prints a blank as `+`, for udev's sake; no name can have a `+` of its own.
    const printed = dataset.replaceAll(' ', '+');
    const deadline = Date.now() + DEVICE_WAIT_MS;
    for (;;) {
      for (const name of await readdir('/dev')) {
        if (!/^zd\d+$/.test(name)) continue;
        const volume = await run('/lib/udev/zvol_id', [`/dev/${name}`]).catch(() => '');
        if (volume.trim() === printed) return `/dev/${name}`;
      }
      if (Date.now() > deadline) throw new Error(`there is no device for ${dataset}`);
      await sleep(50);
    }
  }

  /** A device or a mount that was just in use may be busy for a moment. */
  async #retried(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        if (attempt === 10) throw error;
        await sleep(200);
      }
    }
  }

  async dispose(): Promise<void> {
    for (const pool of this.#pools.splice(0)) await this.#retried(() => run('zpool', ['destroy', '-f', pool]));
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
