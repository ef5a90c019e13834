import type { Target } from './engine.ts';
import { codec } from './targets/codec.ts';
import { connection } from './targets/connection.ts';
import { frames } from './targets/frames.ts';
import { names } from './targets/names.ts';
import { pages } from './targets/pages.ts';
import { sendStreams } from './targets/send-stream.ts';
import { session } from './targets/session.ts';
import { trust } from './targets/trust.ts';
import { zfsOutput } from './targets/zfs-output.ts';

/** Everything that takes bytes or text which others have made. */
export const targets: readonly Target[] = [
  frames,
  codec,
  session,
  connection,
  pages,
  names,
  zfsOutput,
  sendStreams,
  trust,
];
