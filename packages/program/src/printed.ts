/** What the short commands of the programs print: pairing, lists, what was done. */
import { EXIT } from './exit-code.ts';

/** What a command has to say: `text` for people or `document` for programs on standard output. */
export interface Printed {
  readonly text: string;
  /** For `--json`. */
  readonly document: object;
  /** Lines for people on standard error, whatever is printed. */
  readonly notes: string;
  /** Default 0. */
  readonly exitCode?: number;
}

/** @returns the exit code. */
export function print({ text, document, notes, exitCode }: Printed, { json }: { readonly json: boolean }): number {
  process.stderr.write(notes);
  process.stdout.write(json ? toJson(document) : text);
  return exitCode ?? EXIT.ok;
}

/** The one document of `--json`: 64-bit values are strings. */
export function toJson(document: unknown): string {
  const replacer = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify(document, replacer, 2)}\n`;
}
