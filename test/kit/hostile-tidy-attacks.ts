/** What a sender may say of what vanished, is left out or was renamed, and what comes of it. */
import { encodeControlFrame, encodeMessage } from '@zfsync/protocol/internal';
import type { Attack } from './hostile-bench.ts';
import { bytes, offerPayload } from './hostile-wire.ts';

const INVALID = { told: 'MESSAGE_INVALID', logged: 'connection-failed MESSAGE_INVALID' } as const;
const UNEXPECTED = { told: 'MESSAGE_UNEXPECTED', logged: 'connection-failed MESSAGE_UNEXPECTED' } as const;

const TIDY = { type: 'tidy', dryRun: false, mirrorSnapshots: true, mirrorDatasetsAfter: 0n } as const;
const NO_WISHES = { ...TIDY, mirrorSnapshots: false, mirrorDatasetsAfter: undefined } as const;

const FRAME = encodeControlFrame(encodeMessage(NO_WISHES));

export const TIDYING: readonly Attack[] = [
  {
    what: 'tidy before the offer',
    told: 'SESSION_UNKNOWN',
    logged: 'connection-failed SESSION_UNKNOWN',
    run: async (hostile) => (await hostile.greeted()).say(TIDY).told(),
  },
  {
    what: 'tidy while the answer to another is due',
    ...UNEXPECTED,
    // In one write: where nothing is to be tidied the answer is there at once, and another may be asked for.
    run: async (hostile) => (await hostile.planned()).line.raw(Buffer.concat([FRAME, FRAME])).told(),
  },
  {
    what: 'wishes that the operator has not allowed: each is refused, and nothing is marked or destroyed',
    told: 'MIRROR_NOT_ALLOWED MIRROR_NOT_ALLOWED',
    logged: ['tidied MIRROR_NOT_ALLOWED', 'tidied MIRROR_NOT_ALLOWED'],
    run: async (hostile) => {
      const { line } = await hostile.planned();
      const { entries } = await line.say(TIDY).expect('tidy-report');
      return entries.map(({ failure }) => failure?.code).join(' ');
    },
  },
  {
    what: 'what is left out has a path that leads elsewhere',
    ...INVALID,
    run: async (hostile) => (await hostile.greeted()).payload(offerPayload(0, true, bytes(4, '/../honest'))).told(),
  },
  {
    what: 'what is left out is offered, too',
    ...INVALID,
    run: async (hostile) => {
      const dataset = await hostile.offering();
      const offer = { type: 'offer', page: 0, last: true, renames: 'follow', datasets: [dataset] } as const;
      return (await hostile.greeted()).say({ ...offer, leftOut: [dataset.path] }).told();
    },
  },
  {
    what: 'the snapshots of another peer offered as if renamed: only its own target is looked at',
    ...{ told: 'full', logged: '' },
    run: async (hostile) => {
      const line = await hostile.greeted();
      const datasets = [await hostile.offering({ versions: await hostile.loot('tree') })];
      line.say({ type: 'offer', page: 0, last: true, leftOut: [], renames: 'follow', datasets });
      const { decisions } = await line.expect('decisions');
      return String(decisions[0]?.decision.kind);
    },
  },
];
