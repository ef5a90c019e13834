import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A directory of its own, which is gone when this process ends: what is in it may be read until then. */
export function temporaryDirectory(name: string): string {
  if (made.length === 0) {
    process.on('exit', () => {
      for (const directory of made) rmSync(directory, { recursive: true, force: true });
    });
  }
  const directory = mkdtempSync(join(tmpdir(), `zfsync-${name}-`));
  made.push(directory);
  return directory;
}
