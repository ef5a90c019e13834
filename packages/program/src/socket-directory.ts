import { closeSync, openSync } from 'node:fs';
import { ConfigError } from '@zfsync/zfs';

/** `sockaddr_un` has 104 bytes on FreeBSD (108 on Linux), the terminating zero included; too long a path is cut there. */
const SOCKET_PATH_BYTES_MAX = 103;

/** A directory by a name that is short enough for sockets in it to be bound and connected to. */
export interface SocketDirectory {
  readonly path: string;
  close(): void;
}

export interface SocketDirectoryOptions {
  readonly directory: string;
  /** How an error calls it. */
  readonly what: string;
  /** Of the sockets' names, the longest. */
  readonly nameBytes: number;
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * The directory itself, or, when its path is too long, its descriptor, which Linux shows as a link to it.
 *
 * @throws {ConfigError} when the path is too long on another system; and what the file system says.
 */
export function openSocketDirectory(options: SocketDirectoryOptions): SocketDirectory {
  const { directory, what, nameBytes, platform = process.platform } = options;
  const excess = Buffer.byteLength(directory) + 1 + nameBytes - SOCKET_PATH_BYTES_MAX;
  if (excess <= 0) return { path: directory, close: () => undefined };
  if (platform !== 'linux') {
    const message = `the path of ${what} ${directory} is ${excess} bytes too long for a socket in it`;
    throw new ConfigError(message, { directory });
  }
  const descriptor = openSync(directory, 'r');
  return {
    path: `/proc/self/fd/${descriptor}`,
    close: () => {
      closeSync(descriptor);
    },
  };
}
