/** Transcripts: commands with what OpenZFS 2.1.11 says to them, recorded there and replayed on the simulator. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('../../kit/replay.sh', import.meta.url));
const DIRECTORY = fileURLToPath(new URL('../../unit/simulator/transcripts/', import.meta.url));

export interface Transcript {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export function transcripts(): Transcript[] {
  return readdirSync(DIRECTORY).map((file) => {
    const path = join(DIRECTORY, file);
    return { name: basename(file, '.txt'), path, text: readFileSync(path, 'utf8') };
  });
}

/** @param programs the directory of the zfs and zpool to use; the system's when absent */
export async function replay(transcript: Transcript, programs?: string): Promise<string> {
  const args = [SCRIPT, transcript.path, ...(programs === undefined ? [] : [programs])];
  const { stdout } = await promisify(execFile)('bash', args, { maxBuffer: 16 * 1024 * 1024 });
  return withoutChance(stdout);
}

/** Sizes, guids, dates and tokens are of one run only, and so are the widths of columns. */
function withoutChance(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('|') || line.startsWith('!') ? generalise(line) : line))
    .join('\n');
}

function generalise(line: string): string {
  return (
    line
      .replaceAll(/\b1-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+/g, '<token>')
      .replaceAll(/\b0x[0-9a-f]+/g, '<hex>')
      // Whichever comes first in a hash with a salt of its own.
      .replace(/\(eg\. ([^@]+)@[^)]*\)/, '(eg. $1@<any>)')
      .replaceAll(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d+ +\d+:\d+ \d{4}\b/g, '<date>')
      .replace(/^(\| (?:createtxg|objsetid)\t)\d+/, '$1<number>')
      .replaceAll(/\b\d+(\.\d+)?[KMGT]\b/g, '<size>')
      .replaceAll(/\b\d{4,}\b/g, '<number>')
      .replaceAll(/ {2,}/g, '  ')
  );
}
