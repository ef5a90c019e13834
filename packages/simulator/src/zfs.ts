#!/usr/bin/env node
import { runProgram } from './main.ts';
import { ZFS_VERBS } from './zfs-verbs.ts';

await runProgram('zfs', ZFS_VERBS);
