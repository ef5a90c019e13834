import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * And those above it, unless they are there. Node's own `recursive` never ends where a directory can be looked at and
 * nothing made in it: /proc.
 *
 * @param mode of those that are made
 */
export function makeDirectory(directory: string, mode: number): void {
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(directory))) throw error;
    makeDirectory(dirname(directory), mode);
    makeDirectory(directory, mode);
  }
}
