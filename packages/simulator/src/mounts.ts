/**
 * Mounting: a symbolic link at the mountpoint that leads to the live directory. A mountpoint outside ZFSYNC_SIM_ROOT is
 * kept as it was set, but its link lies below `<root>/outside`: the simulator never writes elsewhere.
 */
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { livePath, materialise } from './content/live.ts';
import { readManifest } from './content/manifest.ts';
import { PackReader } from './content/pack.ts';
import { isBelow, parentOf, poolOf } from './names.ts';
import { encryptionRootOf, mountpointOf, settingOf } from './properties/lookup.ts';
import type { Dataset, Store } from './store/store.ts';
import { isReceiving, readState } from './stream/partial.ts';

const PARTIAL = 'Contains partially-completed state from "zfs receive -s", which can be resumed with "zfs send -t"';

/** Where the link of this dataset belongs; undefined when it is not to be mounted by itself. */
export function mountPath(store: Store, dataset: Dataset): string | undefined {
  const { text } = mountpointOf(store, dataset);
  if (dataset.meta.type === 'volume' || text === 'none' || text === 'legacy') return undefined;
  const { root } = store.context;
  return isBelow(text, root) ? text : `${root}/outside${text}`;
}

/** Makes the live directory from the manifest, if it is not there. */
export function ensureLive(store: Store, name: string): void {
  const dataset = store.find(name);
  if (!dataset || dataset.meta.live) return;
  const { meta } = dataset;
  const reader = new PackReader(store, name);
  try {
    materialise(
      dataset,
      readManifest(store, name, meta.head),
      reader,
      meta.type === 'volume' ? meta.volsize : undefined,
    );
  } finally {
    reader.close();
  }
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    if (!now) return;
    // A receive or rollback came in between: what was made is out of date.
    if (now.meta.head !== meta.head) return;
    now.meta.live = true;
    store.save(now);
  });
}

/** @returns why it cannot be mounted, in the words of zfs(8); undefined when it now is */
export function mount(store: Store, name: string): string | undefined {
  const dataset = store.find(name);
  if (!dataset || dataset.meta.mounted !== undefined) return undefined;
  const key = encryptionRootOf(store, dataset)?.key;
  if (key && !key.loaded) return `cannot mount '${name}': encryption key not loaded`;
  if (dataset.meta.inconsistent === true) return `cannot mount '${name}': ${partialProblem(dataset)}`;
  const path = mountPath(store, dataset);
  if (path === undefined) return undefined;
  ensureLive(store, name);
  const problem = prepare(store, dataset, path);
  if (problem !== undefined) return problem;
  store.lock(poolOf(name), () => {
    const now = store.find(name);
    if (!now) return;
    symlinkSync(livePath(now), path);
    now.meta.mounted = path;
    store.save(now);
  });
  return undefined;
}

function partialProblem(dataset: Dataset): string {
  const state = readState(dataset);
  return state && isReceiving(state) ? 'mountpoint or dataset is busy' : PARTIAL;
}

/** Clears the way for the link. */
function prepare(store: Store, dataset: Dataset, path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink() === true) {
    // A link that leads nowhere was left by a process that is gone.
    if (statSync(path, { throwIfNoEntry: false })) {
      return `cannot mount '${dataset.name}': mountpoint or dataset is busy`;
    }
    rmSync(path);
    return undefined;
  }
  if (stat) {
    if (!stat.isDirectory()) return `cannot mount '${path}': failed to create mountpoint: File exists`;
    if (readdirSync(path).length > 0) return `cannot mount '${path}': directory is not empty`;
    rmdirSync(path);
    return undefined;
  }
  if (isReadOnlyAbove(store, dataset, path)) {
    return `cannot mount '${path}': failed to create mountpoint: Read-only file system`;
  }
  mkdirSync(dirname(path), { recursive: true });
  return undefined;
}

function isReadOnlyAbove(store: Store, dataset: Dataset, path: string): boolean {
  for (let at = parentOf(dataset.name); at !== undefined; at = parentOf(at)) {
    const parent = store.find(at);
    const place = parent?.meta.mounted;
    if (parent && place !== undefined && isBelow(path, place)) return settingOf(store, parent, 'readonly') === 'on';
  }
  return false;
}

/** Takes the link away and leaves the empty directory that a mountpoint is. */
export function unmount(store: Store, name: string, keepDirectory = true): void {
  store.lock(poolOf(name), () => {
    const dataset = store.find(name);
    const path = dataset?.meta.mounted;
    if (!dataset || path === undefined) return;
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      rmSync(path);
      if (keepDirectory) mkdirSync(path, { recursive: true });
    }
    delete dataset.meta.mounted;
    store.save(dataset);
  });
}

/** Mounts it if its properties say so; says what went wrong. */
export function mountIfWanted(store: Store, name: string): boolean {
  const dataset = store.find(name);
  if (!dataset || dataset.meta.type === 'volume' || settingOf(store, dataset, 'canmount') !== 'on') return true;
  const problem = mount(store, name);
  if (problem !== undefined) store.context.err(`${problem}\n`);
  return problem === undefined;
}

/** As `receive` does it: `canmount=noauto` does not hinder it, and a missing key is not worth a word. */
export function mountReceived(store: Store, name: string): boolean {
  const dataset = store.find(name);
  if (!dataset || dataset.meta.type === 'volume' || settingOf(store, dataset, 'canmount') === 'off') return true;
  if (encryptionRootOf(store, dataset)?.key.loaded === false) return true;
  const problem = mount(store, name);
  if (problem !== undefined) store.context.err(`${problem}\n`);
  return problem === undefined;
}

/** Mounted datasets at or below `name`, parents first. */
export function mountedBelow(store: Store, name: string): string[] {
  return store.descendants(name).filter((each) => store.read(each)?.meta.mounted !== undefined);
}

/**
 * Runs `action` with everything at and below `name` unmounted, and mounts it again under the names that `renamed` gives.
 */
export function remounting<T>(
  store: Store,
  name: string,
  renamed: (name: string) => string,
  keepDirectory: boolean,
  action: () => T,
): T {
  const mounted = mountedBelow(store, name);
  for (const each of [...mounted].reverse()) unmount(store, each, keepDirectory);
  try {
    return action();
  } finally {
    for (const each of mounted) {
      const problem = mount(store, renamed(each));
      if (problem !== undefined) store.context.err(`${problem}\n`);
    }
  }
}
