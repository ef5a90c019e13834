/** What a command has to say: `text` for people or `document` for programs on standard output. */
export interface Printed {
  readonly text: string;
  /** For `--json`. */
  readonly document: object;
  /** Lines for people on standard error, whatever is printed. */
  readonly notes: string;
}
