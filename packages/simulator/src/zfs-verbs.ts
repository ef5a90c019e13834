/** The verbs of zfs(8); the code of each is loaded when it is called. */
import type { Verbs } from './main.ts';

const content = () => import('./commands/content.ts');
const key = () => import('./commands/key.ts');
const hold = () => import('./commands/hold.ts');
const mount = () => import('./commands/mount.ts');
const receive = () => import('./commands/receive.ts');
const snapshot = () => import('./commands/snapshot.ts');
const unmount = mount;

export const ZFS_VERBS: Verbs = {
  allow: () => import('./commands/allow.ts'),
  bookmark: () => import('./commands/bookmark.ts'),
  'change-key': key,
  clone: () => import('./commands/clone.ts'),
  create: () => import('./commands/create.ts'),
  destroy: () => import('./commands/destroy.ts'),
  get: () => import('./commands/get.ts'),
  hold,
  holds: hold,
  inherit: () => import('./commands/set.ts'),
  list: () => import('./commands/list.ts'),
  'load-key': key,
  mount,
  promote: () => import('./commands/clone.ts'),
  receive,
  recv: receive,
  release: hold,
  rename: () => import('./commands/rename.ts'),
  rollback: () => import('./commands/rollback.ts'),
  send: () => import('./commands/send.ts'),
  set: () => import('./commands/set.ts'),
  'sim-digest': content,
  'sim-mkdir': content,
  'sim-put': content,
  'sim-rm': content,
  snap: snapshot,
  snapshot,
  umount: unmount,
  'unload-key': key,
  unmount,
  version: () => import('./commands/version.ts'),
};
