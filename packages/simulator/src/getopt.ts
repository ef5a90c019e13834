/** getopt(3) as glibc has it: operands and options may be mixed, `--` ends the options. */

export interface Options {
  /** Each option letter with its values in order; a flag has the value `''` once per mention. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
  has(letter: string): boolean;
  /** The last value given. */
  last(letter: string): string | undefined;
  all(letter: string): readonly string[];
}

/** The caller gave an option that is not there, or left out its argument. Ends with the usage and exit code 2. */
export class UsageError extends Error {
  static {
    this.prototype.name = 'UsageError';
  }
}

/**
 * @param spec letters as for getopt(3), `x:` for one with an argument
 * @param long long options, each with the letter that it stands for
 */
export function getopt(args: readonly string[], spec: string, long: Readonly<Record<string, string>> = {}): Options {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (letter: string, value: string): void => {
    const list = values.get(letter);
    if (list) list.push(value);
    else values.set(letter, [value]);
  };
  const takesValue = (letter: string): boolean => spec.includes(`${letter}:`);
  let index = 0;
  while (index < args.length) {
    const word = args[index++] ?? '';
    if (word === '--') {
      operands.push(...args.slice(index));
      break;
    }
    if (word.startsWith('--') && Object.keys(long).length > 0) {
      const letter = long[word.slice(2)];
      if (letter === undefined) throw new UsageError(`invalid option '${word}'`);
      add(letter, takesValue(letter) ? (args[index++] ?? '') : '');
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    for (let i = 1; i < word.length; i += 1) {
      const letter = word[i] ?? '';
      if (letter === ':' || !spec.includes(letter)) throw new UsageError(`invalid option '${letter}'`);
      if (!takesValue(letter)) {
        add(letter, '');
        continue;
      }
      const value = i + 1 < word.length ? word.slice(i + 1) : args[index++];
      if (value === undefined) throw new UsageError(`missing argument for '${letter}' option`);
      add(letter, value);
      break;
    }
  }
  return {
    values,
    operands,
    has: (letter) => values.has(letter),
    last: (letter) => values.get(letter)?.at(-1),
    all: (letter) => values.get(letter) ?? [],
  };
}
