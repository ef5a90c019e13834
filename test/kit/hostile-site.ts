/** What the attacked receiver and its senders have: datasets, and over TLS keys, peers and an authority. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePeerPolicy, type PeerPolicy } from '@zfsync/receiver';
import { PairingStore, pathOfName, PeerStore, stateDirectory } from '@zfsync/trust';
import { type DatasetName, parseDatasetName, parseVersionName } from '@zfsync/zfs';
import type { TestBed } from '@zfsync/zfs/testing';
import { makeIdentity, type TestIdentity } from './certificates.ts';

const d = parseDatasetName;

/** The senders' pool: `tree`, which the honest one sends; `loot`, `other` and `clone`, which the attacker has. */
export async function hostileSource(bed: TestBed): Promise<DatasetName> {
  const pool = await bed.createPool('src');
  for (const path of ['/tree', '/tree/a', '/tree/a/b', '/loot', '/other']) {
    await bed.zfs.create(d(pool + path), { type: 'filesystem' });
  }
  for (const name of ['one', 'two', 'three']) {
    for (const path of ['/loot', '/other']) {
      await bed.write(d(pool + path), name, randomBytes(5_000));
      await bed.zfs.snapshot([d(pool + path)], parseVersionName(name));
    }
  }
  await bed.run('clone', `${pool}/loot@one`, `${pool}/clone`);
  await bed.zfs.snapshot([d(`${pool}/clone`)], parseVersionName('one'));
  return pool;
}

/** The receiver's TARGET, in which somebody has data that nobody sends to. */
export async function hostileTarget(bed: TestBed): Promise<DatasetName> {
  const root = d(`${await bed.createPool('dst')}/backup`);
  await bed.zfs.create(root, { type: 'filesystem' });
  await bed.zfs.create(d(`${root}/bystander`), { type: 'filesystem' });
  await bed.zfs.snapshot([d(`${root}/bystander`)], parseVersionName('kept'));
  return root;
}

export interface TlsSite {
  /** `--state` */
  readonly directory: string;
  /** Of the receiver's `--ca`. */
  readonly authority: TestIdentity;
  readonly caFile: string;
  readonly honest: TestIdentity;
  /** Both are peers, and both are up to no good. */
  readonly mallory: TestIdentity;
  readonly carol: TestIdentity;
  readonly root: DatasetName;
  readonly pairings: PairingStore<PeerPolicy>;
  readonly peers: PeerStore<PeerPolicy>;
  /** Makes it a peer, or one again. */
  readonly allow: (name: string, identity: TestIdentity) => void;
  readonly dispose: () => Promise<void>;
}

export async function tlsSite(root: DatasetName): Promise<TlsSite> {
  const directory = await mkdtemp(join(tmpdir(), 'zfsync-hostile-'));
  const state = stateDirectory('receiver', directory);
  const peers = new PeerStore(state, parsePeerPolicy);
  const pairings = new PairingStore(state, peers, parsePeerPolicy);
  const authority = await makeIdentity('our authority', { isCa: true });
  const caFile = join(directory, 'ca.crt');
  await writeFile(caFile, authority.certificate);
  const [honest, mallory, carol] = [
    await makeIdentity('honest'),
    await makeIdentity('mallory'),
    await makeIdentity('carol'),
  ];
  const allow = (name: string, { fingerprint }: TestIdentity): void => {
    const path = pathOfName(name);
    peers.save({ name, fingerprint, path, revoked: false, added: new Date(), policy: parsePeerPolicy({}) });
  };
  allow('honest', honest);
  allow('mallory', mallory);
  allow('carol', carol);
  const dispose = () => rm(directory, { recursive: true, force: true });
  return { directory, authority, caFile, honest, mallory, carol, root, pairings, peers, allow, dispose };
}
