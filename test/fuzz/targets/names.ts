/** The names of ZFS: taken exactly if OpenZFS would take them. */
import assert from 'node:assert/strict';
import { parsePeerName } from '@zfsync/trust';
import {
  ConfigError,
  InvalidNameError,
  joinDatasetName,
  parseDatasetName,
  parseRelativePath,
  parseVersionName,
  relativePath,
} from '@zfsync/zfs';
import type { Target } from '../engine.ts';
import { mutateText, NASTY_TEXTS } from '../mutate.ts';
import { MESSAGE_CHARACTERS_MAX } from './codec.ts';

const GOOD = ['tank', '.', '..', 'tank/data/a b', '/a/b', '/a/b-c_d.e:f', 'auto-2026-01-01_00:00', 'web1', ''] as const;

/** By the words of zfs_namecheck.c, character by character. */
function wanted(text: string, kind: 'dataset' | 'path' | 'version'): boolean {
  if (Buffer.byteLength(text) > 255) return false;
  const legal = (character: string): boolean => /[A-Za-z0-9\-_.: ]/.test(character);
  // Seen on 2.1.11: "self reference, '.' is found in name".
  if (kind === 'version') return !['', '.', '..'].includes(text) && Array.from(text).every(legal);
  if (kind === 'path' && text === '') return true;
  if (kind === 'path' && !text.startsWith('/')) return false;
  const components = (kind === 'path' ? text.slice(1) : text).split('/');
  if (components.some((one) => one === '' || one === '.' || one === '..')) return false;
  if (!components.every((one) => Array.from(one).every(legal))) return false;
  const levels = kind === 'path' ? components.length : components.length - 1;
  if (levels > 50) return false;
  return kind === 'path' || (/^[A-Za-z]/.test(text) && !/^(mirror|raidz|draid|spare)/.test(text));
}

/** Whether it is taken; what is refused is refused in a line that may be logged. */
function taken(parse: () => unknown, kind: new (message: string) => Error): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    assert.ok(error instanceof kind, `${String(error)} is no ${kind.name}`);
    assert.ok(error.message.length <= MESSAGE_CHARACTERS_MAX, `a message of ${error.message.length} characters`);
    assert.doesNotMatch(error.message, /\p{Cs}|[^\P{Cc}\n\t]/u, 'control characters reach no log');
    return false;
  }
}

export const names: Target = {
  name: 'names',
  promise: 'what ZFS would refuse is an InvalidNameError; a path never leads out of its root',
  cases: 4_000,
  msMax: 500,
  generate(random) {
    let text: string = random.pick<string>(random.chance(0.5) ? GOOD : NASTY_TEXTS);
    for (let times = random.int(4); times > 0; times -= 1) text = mutateText(random, text, random.pick(NASTY_TEXTS));
    return Buffer.from(text);
  },
  run(input) {
    const text = Buffer.from(input).toString('utf8');
    assert.equal(
      taken(() => parseDatasetName(text), InvalidNameError),
      wanted(text, 'dataset'),
    );
    assert.equal(
      taken(() => parseVersionName(text), InvalidNameError),
      wanted(text, 'version'),
    );
    const isPath = taken(() => parseRelativePath(text), InvalidNameError);
    assert.equal(isPath, wanted(text, 'path'));
    if (taken(() => parsePeerName(text), ConfigError)) assert.ok(wanted(`/${text}`, 'path') && !text.includes('/'));
    if (!isPath) return;
    const path = parseRelativePath(text);
    const root = parseDatasetName('pool/backup');
    if (!taken(() => joinDatasetName(root, path), InvalidNameError)) return;
    const joined = joinDatasetName(root, path);
    assert.ok(joined === 'pool/backup' || joined.startsWith('pool/backup/'));
    assert.equal(relativePath(root, joined), path);
  },
};
