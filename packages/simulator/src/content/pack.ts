/** Packs: files of blocks, appended to by one snapshot or receive and never changed after. */

import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { createHash } from '../hash.ts';
import { poolOf } from '../names.ts';
import type { Store } from '../store/store.ts';
import { newGuid } from '../store/store.ts';
import type { Block } from './manifest.ts';

const DIGEST_CHARS = 22;
const OPEN_PACKS_MAX = 32;

export function packPath(store: Store, dataset: string, id: string): string {
  return `${store.poolDirectory(poolOf(dataset))}/packs/${id}`;
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64').slice(0, DIGEST_CHARS);
}

const ZEROES = Buffer.alloc(131_072);

export function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += ZEROES.length) {
    const part = bytes.subarray(at, at + ZEROES.length);
    if (Buffer.compare(part, ZEROES.subarray(0, part.length)) !== 0) return false;
  }
  return true;
}

/** Writes one pack; the file appears with its first block. */
export class PackWriter {
  readonly id: string;
  bytes: number;
  readonly #file: string;
  #fd: number | undefined;

  constructor(store: Store, dataset: string, resume?: { readonly id: string; readonly bytes: number }) {
    this.id = resume?.id ?? BigInt(newGuid()).toString(36);
    this.bytes = resume?.bytes ?? 0;
    this.#file = packPath(store, dataset, this.id);
  }

  append(content: Uint8Array): Block {
    if (isZero(content)) return 0;
    this.#fd ??= openSync(this.#file, this.bytes === 0 ? 'w' : 'r+');
    const offset = this.bytes;
    let done = 0;
    while (done < content.length) {
      done += writeSync(this.#fd, content, done, content.length - done, offset + done);
    }
    this.bytes += content.length;
    return [this.id, offset, content.length, digestOf(content)];
  }

  /** The block that is there already if it has this content, else a new one. */
  appendUnless(content: Uint8Array, old: Block): Block {
    if (old !== 0 && old[2] === content.length && old[3] === digestOf(content)) return old;
    return this.append(content);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  discard(): void {
    this.close();
    rmSync(this.#file, { force: true });
  }
}

export class PackReader {
  readonly #store: Store;
  readonly #dataset: string;
  readonly #open = new Map<string, number>();

  constructor(store: Store, dataset: string) {
    this.#store = store;
    this.#dataset = dataset;
  }

  read(block: Block, holeBytes: number): Buffer {
    if (block === 0) return Buffer.alloc(holeBytes);
    const [id, offset, length] = block;
    let fd = this.#open.get(id);
    if (fd === undefined) {
      if (this.#open.size >= OPEN_PACKS_MAX) this.close();
      fd = openSync(packPath(this.#store, this.#dataset, id), 'r');
      this.#open.set(id, fd);
    }
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(fd, buffer, done, length - done, offset + done);
      if (count === 0) throw new Error(`pack ${id} is shorter than its manifest says`);
      done += count;
    }
    return buffer;
  }

  close(): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }
}

export function packBytes(store: Store, dataset: string, id: string): number {
  return statSync(packPath(store, dataset, id), { throwIfNoEntry: false })?.size ?? 0;
}
