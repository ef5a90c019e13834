/** What `zfs send -n`, `-v` and `-P` say: sizes before, progress while. */
import type { Context } from '../context.ts';
import type { Options } from '../getopt.ts';
import { niceBytes } from '../properties/format.ts';

const PROGRESS_MS = 1000;

export interface Reporter {
  readonly wanted: boolean;
  /** @param from as it is to be printed; undefined for a full stream */
  step(to: string, from: string | undefined, bytes: number): void;
  total(bytes: number): void;
  /** To be called with the bytes of the stream so far. */
  progress(name: string): (bytes: number) => void;
}

export function reporter(context: Context, options: Options): Reporter {
  const dry = options.has('n');
  const parsable = options.has('P');
  const wanted = options.has('v') || parsable;
  const print = (text: string): void => {
    if (!wanted) return;
    if (dry) context.out(text);
    else context.err(text);
  };
  return {
    wanted,
    step(to, from, bytes) {
      if (parsable)
        print(
          from === undefined ? `full\t${to}\t${String(bytes)}\n` : `incremental\t${from}\t${to}\t${String(bytes)}\n`,
        );
      else if (from === undefined) print(`full send of ${to} estimated size is ${niceBytes(bytes)}\n`);
      else
        print(
          `send from ${from.includes('/') || /[@#]/.test(from) ? from : `@${from}`} to ${to} estimated size is ${niceBytes(bytes)}\n`,
        );
    },
    total(bytes) {
      print(parsable ? `size\t${String(bytes)}\n` : `total estimated size is ${niceBytes(bytes)}\n`);
    },
    progress(name) {
      let next = Date.now() + PROGRESS_MS;
      let heading = options.has('v') && !parsable;
      return (bytes) => {
        const now = Date.now();
        if (!options.has('v') || now < next) return;
        next = now + PROGRESS_MS;
        if (heading) context.err(`TIME        SENT   SNAPSHOT ${name}\n`);
        heading = false;
        const time = new Date(now).toTimeString().slice(0, 8);
        context.err(
          parsable ? `${time}\t${String(bytes)}\t${name}\n` : `${time}   ${niceBytes(bytes).padStart(5)}   ${name}\n`,
        );
      };
    },
  };
}
