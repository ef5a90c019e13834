/** Shell scripts that stand in for zfs(8). */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** Writes a script; the arguments of zfs are its own. The directory goes away with the test. */
export async function script(t: Test, body: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-unit-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'zfs');
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}
