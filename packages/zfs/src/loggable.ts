/** What logs and errors have of a command: nothing that is the user's own business. */

/** Set by zfsync itself, with values of its own: worth reading, and nobody's secret. */
const OWN_SETTING = /^(?:zfsync:[^=]*|canmount|readonly|volmode|encryption)=|^mountpoint=none$/;

/** `zfs send -t`, also `-nvPt`. */
const TOKEN_OPTION = /^-\w*t$/;

const TOKEN_CHARACTERS_SHOWN = 16;

/**
 * A resume token: version, checksum, length, contents; or the rest of one that the text begins within, as the tail of a
 * long one may. Digits alone, or within the name of a dataset, are none: a hash is a good name.
 */
const TOKEN = /(?:^(?:[0-9a-f]*-){0,3}|(?<![\w/@#-])(?:[0-9a-f]+-){3})[0-9a-f]{64,}(?![\w/@#-])/g;

/**
 * A command line without the values of properties that others have chosen, and with the beginning of a resume token
 * alone: whoever reads that in a log can have the rest of the stream sent.
 */
export function loggableCommand(argv: readonly string[]): string[] {
  return argv.map((argument, index) => {
    if (argv[1] === 'send' && TOKEN_OPTION.test(argv[index - 1] ?? '')) return shortened(argument);
    // No name of a dataset has an equals sign; the command itself may.
    if (index === 0 || !argument.includes('=') || OWN_SETTING.test(argument)) return argument;
    return `${argument.slice(0, argument.indexOf('='))}=…`;
  });
}

/** What zfs(8) said: `zfs receive` prints the token when its stream breaks off. */
export function loggableText(text: string): string {
  return text.replace(TOKEN, shortened);
}

function shortened(token: string): string {
  return token.length > TOKEN_CHARACTERS_SHOWN ? `${token.slice(0, TOKEN_CHARACTERS_SHOWN)}…` : token;
}
