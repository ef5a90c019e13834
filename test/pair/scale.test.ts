/** What must not grow with the number of datasets: zfs processes for planning. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { populate, simulatorCommands } from '@zfsync/simulator';
import { createZfs } from '@zfsync/zfs';
import t from 'tap';
import { startPair } from '../kit/pair.ts';

t.setTimeout(300_000);
const directory = await mkdtemp(join(tmpdir(), 'zfsync-scale-'));
t.teardown(() => rm(directory, { recursive: true, force: true }));
