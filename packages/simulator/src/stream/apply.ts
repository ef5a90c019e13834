/** What the records of a stream make of the content they start from. */
import type { Block, Entry } from '../content/manifest.ts';
import type { PackReader, PackWriter } from '../content/pack.ts';
import type { InputRecord } from './input.ts';
import type { JournalLine } from './partial.ts';
import { decodeFree, decodeFreeObjects, decodeObject, decodeWrite, OBJECT_TYPE, RECORD } from './record.ts';
import type { Bonus } from './substream.ts';
import { isOwnObject } from './substream.ts';

interface Building {
  bonus: Bonus;
  z: number;
  blocks: Block[];
}

export class Applier {
  volsize: number | undefined;
  /** Where a stream that takes over has to begin. */
  position = { object: 0, offset: 0 };
  readonly #type: 'filesystem' | 'volume';
  readonly #entries = new Map<number, Building>();
  readonly #pack: PackWriter;
  readonly #reader: PackReader;

  constructor(type: 'filesystem' | 'volume', base: readonly Entry[], pack: PackWriter, reader: PackReader) {
    this.#type = type;
    this.#pack = pack;
    this.#reader = reader;
    for (const { o, p, k, m, t, s, l, z, b } of base) {
      this.#entries.set(o, { bonus: { p, k, m, t, s, ...(l !== undefined && { l }) }, z, blocks: [...b] });
    }
  }

  /** @returns what to write into the journal */
  record({ type, record, payload }: InputRecord): JournalLine | undefined {
    switch (type) {
      case RECORD.object: {
        const { object, type: kind, blockBytes, bonusBytes } = decodeObject(record);
        return ['o', object, kind, blockBytes, payload.subarray(0, bonusBytes).toString('utf8')];
      }
      case RECORD.write: {
        const { object, offset, length, type: kind } = decodeWrite(record);
        if (kind === OBJECT_TYPE.directory) return undefined;
        if (isOwnObject(this.#type, object)) {
          if (this.#type === 'volume') this.#readVolumeProperties(payload);
          return undefined;
        }
        return ['w', object, offset, this.#pack.append(payload), length];
      }
      case RECORD.free: {
        const { object, offset, length } = decodeFree(record);
        return ['f', object, offset, length];
      }
      case RECORD.freeObjects: {
        const { first, count } = decodeFreeObjects(record);
        return ['x', first, count];
      }
      default:
        return undefined;
    }
  }

  apply(line: JournalLine): void {
    switch (line[0]) {
      case 'o':
        this.#object(line[1], line[3], line[4]);
        this.position = { object: line[1], offset: 0 };
        return;
      case 'w':
        this.#write(line[1], line[2], line[3]);
        this.position = { object: line[1], offset: line[2] + line[4] };
        return;
      case 'f':
        this.#free(line[1], line[2], line[3]);
        return;
      case 'x':
        for (let i = 0; i < line[2]; i += 1) this.#entries.delete(line[1] + i);
        this.position = { object: line[1], offset: 0 };
        return;
      case 'p':
        this.position = { object: line[1], offset: line[2] };
    }
  }

  entries(): Entry[] {
    return [...this.#entries].map(([o, { bonus, z, blocks }]) => ({ o, ...bonus, z, b: blocks }));
  }

  #readVolumeProperties(payload: Buffer): void {
    const end = payload.indexOf(0);
    const { volsize } = JSON.parse(payload.toString('utf8', 0, end < 0 ? undefined : end)) as { volsize?: number };
    this.volsize = volsize;
  }

  #object(object: number, blockBytes: number, text: string): void {
    if (isOwnObject(this.#type, object) || text === '') return;
    const bonus = JSON.parse(text) as Bonus;
    const old = this.#entries.get(object);
    if (!old || old.bonus.k !== bonus.k) {
      this.#entries.set(object, { bonus, z: blockBytes, blocks: [] });
      return;
    }
    old.bonus = bonus;
    if (old.z !== blockBytes) this.#changeBlockSize(old, blockBytes);
  }

  /** The file has grown into larger blocks, or comes in smaller ones than before. */
  #changeBlockSize(entry: Building, blockBytes: number): void {
    const { blocks, z } = entry;
    entry.z = blockBytes;
    if (blocks.length === 0) return;
    const whole = Buffer.concat(blocks.map((block) => this.#reader.read(block, z)));
    entry.blocks = [];
    for (let at = 0; at < whole.length; at += blockBytes) {
      entry.blocks.push(this.#pack.append(whole.subarray(at, at + blockBytes)));
    }
  }

  #write(object: number, offset: number, block: Block): void {
    const entry = this.#entries.get(object);
    if (!entry || entry.z === 0) return;
    const index = Math.floor(offset / entry.z);
    while (entry.blocks.length < index) entry.blocks.push(0);
    entry.blocks[index] = block;
  }

  #free(object: number, offset: number, length: number): void {
    const entry = this.#entries.get(object);
    if (!entry || entry.z === 0) return;
    const first = Math.ceil(offset / entry.z);
    if (length < 0) {
      entry.blocks.length = Math.min(entry.blocks.length, first);
      return;
    }
    for (let i = first; i * entry.z < offset + length; i += 1) {
      while (entry.blocks.length <= i) entry.blocks.push(0);
      entry.blocks[i] = 0;
    }
  }
}
