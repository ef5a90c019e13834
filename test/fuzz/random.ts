/** Randomness that can be repeated: everything a case does follows from one number, or from its input. */

/** sfc32, seeded by way of splitmix32, so that neighbouring seeds have nothing in common. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    const next = splitmix32(seed >>> 0);
    this.#a = next();
    this.#b = next();
    this.#c = next();
    for (let i = 0; i < 12; i += 1) this.u32();
  }

  u32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 to `below` - 1; 0 when there is nothing below. */
  int(below: number): number {
    return below <= 1 ? 0 : this.u32() % below;
  }

  /** Both included. */
  between(min: number, max: number): number {
    return min + this.int(max - min + 1);
  }

  chance(probability: number): boolean {
    return this.u32() < probability * 2 ** 32;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.int(256));
  }
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/**
 * Decisions that are read from an input: what is done to a conversation is then as easy to keep, to shorten and to
 * repeat as bytes are. Once the input is used up every answer is 0.
 */
export class Choices {
  readonly #input: Uint8Array;
  #offset = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  get exhausted(): boolean {
    return this.#offset >= this.#input.length;
  }

  /** 0 to `below` - 1. */
  int(below: number): number {
    let value = 0;
    for (let reach = 1; reach < below; reach *= 256) {
      value = value * 256 + (this.#input[this.#offset] ?? 0);
      this.#offset += 1;
    }
    return below <= 1 ? 0 : value % below;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** What is left of the input. */
  rest(): Uint8Array {
    return this.#input.subarray(this.#offset);
  }
}
