/** Encryption as far as replication sees it: who has a key, whether it is loaded, which keys are the same. */

import { readFileSync } from 'node:fs';
import { readFully } from './context.ts';
import { createHash } from './hash.ts';
import { encryptionRootOf } from './properties/lookup.ts';
import type { DatasetMeta, KeyMeta } from './store/meta.ts';
import type { Store } from './store/store.ts';
import { newGuid } from './store/store.ts';

const DEFAULT_CIPHER = 'aes-256-gcm';
const PBKDF2_ITERATIONS = 350_000;
const RAW_BYTES = 32;
const PASSPHRASE = { least: 8, most: 512 };

type Refuse = (problem: string) => never;

/** What a new dataset gets: the key of its own that its properties ask for, else its parent's. */
export function createKey(
  store: Store,
  parent: string,
  props: Readonly<Record<string, string>>,
  refuse: Refuse,
): Pick<DatasetMeta, 'cipher' | 'key'> {
  const above = store.find(parent);
  const inherited = above?.meta.cipher;
  const { encryption } = props;
  const asked = ['keyformat', 'keylocation', 'pbkdf2iters'].some((name) => props[name] !== undefined);
  const cipher = encryption === undefined ? inherited : encryption === 'on' ? DEFAULT_CIPHER : encryption;
  if (cipher === undefined || cipher === 'off') {
    if (asked) refuse('Encryption must be turned on to set encryption properties.');
    return {};
  }
  if (!asked && inherited !== undefined && above) {
    if (encryptionRootOf(store, above)?.key.loaded !== true) {
      refuse("encryption root's key is not loaded or provided");
    }
    return { cipher };
  }
  const format = props['keyformat'];
  if (format === undefined || format === 'none') return refuse('Keyformat required for new encryption root.');
  const location = props['keylocation'] ?? 'prompt';
  const check = readKey(store, location, format, refuse);
  return { cipher, key: newKey(format, location, check, props['pbkdf2iters']) };
}

export function newKey(format: string, location: string, check: string, iterations?: string): KeyMeta {
  const pbkdf2iters = format === 'passphrase' ? Number(iterations ?? PBKDF2_ITERATIONS) : 0;
  return { format, location, pbkdf2iters, check, id: newGuid(), iv: newGuid(), loaded: true };
}

/** The digest of the key material at a keylocation. */
export function readKey(store: Store, location: string, format: string, refuse: Refuse): string {
  const bytes = location === 'prompt' ? readPrompt(store, format) : readKeyFile(location, refuse);
  const problem = keyProblem(bytes, format);
  if (problem !== undefined) refuse(problem);
  return createHash('sha256').update(bytes).digest('hex');
}

function readPrompt(store: Store, format: string): Buffer {
  const buffer = Buffer.alloc(4096);
  const bytes = buffer.subarray(0, readFully(store.context.stdin, buffer));
  return format === 'raw' ? bytes : firstLine(bytes);
}

function readKeyFile(location: string, refuse: Refuse): Buffer {
  try {
    const bytes = readFileSync(location.replace(/^file:\/\//, ''));
    return bytes.at(-1) === 0x0a && bytes.length !== RAW_BYTES ? firstLine(bytes) : bytes;
  } catch {
    return refuse('Failed to open key material file: No such file or directory');
  }
}

function firstLine(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function keyProblem(bytes: Buffer, format: string): string | undefined {
  const { length } = bytes;
  if (format === 'raw') {
    if (length < RAW_BYTES) return `Raw key too short (expected ${String(RAW_BYTES)}).`;
    return length > RAW_BYTES ? `Raw key too long (expected ${String(RAW_BYTES)}).` : undefined;
  }
  if (format === 'hex') {
    if (length < 2 * RAW_BYTES) return `Hex key too short (expected ${String(2 * RAW_BYTES)}).`;
    if (length > 2 * RAW_BYTES) return `Hex key too long (expected ${String(2 * RAW_BYTES)}).`;
    return /^[0-9a-fA-F]+$/.test(bytes.toString('latin1')) ? undefined : 'Invalid hex character detected.';
  }
  if (length < PASSPHRASE.least) return `Passphrase too short (min ${String(PASSPHRASE.least)}).`;
  return length > PASSPHRASE.most ? `Passphrase too long (max ${String(PASSPHRASE.most)}).` : undefined;
}
