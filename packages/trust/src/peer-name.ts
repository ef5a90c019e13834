import { ConfigError, InvalidNameError, parseRelativePath, quoted, type RelativePath } from '@zfsync/zfs';

/** `HOST_NAME_MAX` of Linux, and the longest common name of a certificate (RFC 5280). */
export const PEER_NAME_BYTES_MAX = 64;

/**
 * The name of a peer: one component of a dataset's name, without spaces at its ends.
 *
 * @throws {ConfigError} otherwise.
 */
export function parsePeerName(text: string): string {
  if (text === '' || text.includes('/')) {
    throw new ConfigError(`the name of a sender is one component of a dataset's name, not ${quoted(text)}`);
  }
  if (text.trim() !== text) throw new ConfigError(`the name ${quoted(text)} begins or ends with a space`);
  if (Buffer.byteLength(text) > PEER_NAME_BYTES_MAX) {
    throw new ConfigError(`the name ${quoted(text)} is longer than ${PEER_NAME_BYTES_MAX} bytes`);
  }
  pathOfName(text);
  return text;
}

/** Where the data of a peer goes unless told otherwise, relative to TARGET. @throws {ConfigError} */
export function pathOfName(name: string): RelativePath {
  try {
    return parseRelativePath(`/${name}`);
  } catch (error) {
    if (error instanceof InvalidNameError) throw new ConfigError(`${quoted(name)} cannot be a name: ${error.message}`);
    throw error;
  }
}

/** One is the other or lies below it. */
export function pathsOverlap(a: RelativePath, b: RelativePath): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
