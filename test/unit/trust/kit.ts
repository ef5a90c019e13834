import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PairingStore, PeerStore } from '@zfsync/trust';
import { parseRelativePath, type RelativePath, ReplicationError } from '@zfsync/zfs';
import type { Test } from 'tap';

/** What the operator has settled, as far as these tests have it. */
export interface Policy {
  readonly hold?: boolean;
  readonly onConflict?: string;
}

export function parsePolicy(json: unknown): Policy {
  assert.ok(typeof json === 'object' && json !== null, 'the policy is no object');
  return json;
}

export function freshDirectory(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'zfsync-trust-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

export interface Stores {
  readonly directory: string;
  readonly peers: PeerStore<Policy>;
  readonly pairings: PairingStore<Policy>;
}

export function stores(t: Test): Stores {
  return storesIn(freshDirectory(t));
}

/** As another process has them. */
export function storesIn(directory: string): Stores {
  const peers = new PeerStore(directory, parsePolicy);
  return { directory, peers, pairings: new PairingStore(directory, peers, parsePolicy) };
}

export function path(text: string): RelativePath {
  return parseRelativePath(text);
}

/** Fails unless it throws an error with this code whose words match. */
export function refused(code: string, words: RegExp, run: () => unknown): void {
  assert.throws(run, (error) => isRefusal(error, code, words));
}

export async function refusedLater(code: string, words: RegExp, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => isRefusal(error, code, words));
}

function isRefusal(error: unknown, code: string, words: RegExp): boolean {
  assert.ok(error instanceof ReplicationError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, words);
  return true;
}
