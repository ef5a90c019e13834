/** The command-line driver: the one implementation of {@link Zfs}. */
import type { DatasetDestroyer, Zfs } from '../zfs.ts';
import * as datasets from './datasets.ts';
import { delegations } from './delegations.ts';
import { datasetDestroyerOf, destroySnapshots, reclaimable } from './destroy.ts';
import { isEmpty } from './empty.ts';
import * as list from './list.ts';
import { listProperties } from './list-properties.ts';
import { abortReceive, receive } from './receive.ts';
import { decodeResumeToken, resumeSend } from './resume-token.ts';
import { type CommandInfo, Runner } from './run.ts';
import { estimateSend, send } from './send.ts';
import * as versions from './versions.ts';

export interface ZfsOptions {
  /** The zfs(8) program: a name that is looked up in PATH, or a path; no arguments. Default `zfs`. */
  readonly command?: string;
  /** Its environment. Default: that of this process. `LC_ALL` and the sbin directories of PATH are added. */
  readonly env?: NodeJS.ProcessEnv;
  /** Told of every process after its end. */
  readonly onCommand?: (info: CommandInfo) => void;
  /** Between SIGTERM and SIGKILL when a process is ended, and between SIGKILL and giving up on it. Default 5000. */
  readonly killGraceMs?: number;
  /** How long a command other than send and receive may show no sign of life, in milliseconds. Default 600 000. */
  readonly stallMs?: number;
}

const KILL_GRACE_MS = 5000;
const STALL_MS = 600_000;

export function createZfs(options: ZfsOptions = {}): Zfs {
  return zfsOf(runnerOf(options));
}

/** For him whose operator wants datasets destroyed, and nobody else. */
export function createDatasetDestroyer(options: ZfsOptions = {}): DatasetDestroyer {
  return datasetDestroyerOf(runnerOf(options));
}

function runnerOf(options: ZfsOptions): Runner {
  return new Runner({
    signalGroup: (pid, signal) => process.kill(-pid, signal),
    stallMs: options.stallMs ?? STALL_MS,
    command: options.command ?? 'zfs',
    env: options.env ?? process.env,
    killGraceMs: options.killGraceMs ?? KILL_GRACE_MS,
    ...(options.onCommand && { onCommand: options.onCommand }),
  });
}

/** The contract, each method as commands of the runner. */
export function zfsOf(runner: Runner): Zfs {
  return {
    listDatasets: (root, listOptions) => list.listDatasets(runner, root, listOptions),
    listVersions: (root, listOptions) => list.listVersions(runner, root, listOptions),
    send: (sendOptions) => send(runner, sendOptions),
    resumeSend: (token) => resumeSend(runner, token),
    decodeResumeToken: (token) => decodeResumeToken(runner, token),
    estimateSend: (sendOptions) => estimateSend(runner, sendOptions),
    receive: (receiveOptions) => receive(runner, receiveOptions),
    abortReceive: (target) => abortReceive(runner, target),
    isEmpty: (dataset) => isEmpty(runner, dataset),
    create: (dataset, createOptions) => datasets.create(runner, dataset, createOptions),
    rename: (from, to) => datasets.rename(runner, from, to),
    unmount: (dataset) => datasets.unmount(runner, dataset),
    mount: (dataset) => datasets.mount(runner, dataset),
    listProperties: (root, names, listOptions) => listProperties(runner, root, names, listOptions?.signal),
    getProperties: (dataset, names) => datasets.getProperties(runner, dataset, names),
    setProperties: (dataset, properties) => datasets.setProperties(runner, dataset, properties),
    inheritProperty: (dataset, name) => datasets.inheritProperty(runner, dataset, name),
    snapshot: (names, name, snapshotOptions) => versions.snapshot(runner, names, name, snapshotOptions),
    bookmark: (dataset, source, name) => versions.bookmark(runner, dataset, source, name),
    destroyVersion: (dataset, version) => versions.destroyVersion(runner, dataset, version),
    destroySnapshots: (dataset, names) => destroySnapshots(runner, dataset, names),
    reclaimable: (dataset, names) => reclaimable(runner, dataset, names),
    listClones: (root, listOptions) => list.listClones(runner, root, listOptions),
    hold: (dataset, snapshots, tag) => versions.hold(runner, dataset, snapshots, tag),
    release: (dataset, snapshots, tag) => versions.release(runner, dataset, snapshots, tag),
    holds: (dataset, snapshots) => versions.holds(runner, dataset, snapshots),
    rollback: (dataset, name) => versions.rollback(runner, dataset, name),
    delegations: (dataset) => delegations(runner, dataset),
    version: () => versions.version(runner),
  };
}
