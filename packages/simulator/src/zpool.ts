#!/usr/bin/env node
import type { Verbs } from './main.ts';
import { runProgram } from './main.ts';

const pool = () => import('./commands/pool.ts');

const VERBS: Verbs = {
  create: pool,
  destroy: pool,
  export: pool,
  get: () => import('./commands/pool-list.ts'),
  import: pool,
  list: () => import('./commands/pool-list.ts'),
  set: pool,
  status: () => import('./commands/pool-list.ts'),
  version: () => import('./commands/version.ts'),
};

await runProgram('zpool', VERBS);
