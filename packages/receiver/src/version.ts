/** Of the program, for `--version` and the peer's log. */
export const VERSION = '0.1.0';
