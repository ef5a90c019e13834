/**
 * Who may say what when: the conversation as a table. Both sides follow the same one, each from its own end; they may
 * be in different states for as long as a message is under way, which `streaming` and `draining` allow for.
 */
import type { MessageType } from './message.ts';

export type Role = 'sender' | 'receiver';

export type SessionState =
  /** Nothing was said yet. */
  | 'hello'
  /** The receiver owes its answer to Hello. */
  | 'hello-reply'
  /** The receiver owes its answer to Pair. */
  | 'pairing'
  /** The sender may begin something. */
  | 'ready'
  /** The sender owes further pages of its offer. */
  | 'offering'
  /** The receiver owes decisions. */
  | 'deciding'
  /** The receiver owes its answer to BeginStream. */
  | 'beginning'
  /** The sender owes the stream and its trailer. */
  | 'streaming'
  /** The receiver has failed early; the sender owes the trailer. */
  | 'draining'
  /** The trailer was sent; the receiver owes the result. */
  | 'resulting'
  /** The receiver owes its report. */
  | 'reporting'
  /** The receiver owes its report on what was tidied. */
  | 'tidying'
  /** Goodbye or Error was said: nothing more is sent, and what still comes is discarded. */
  | 'closed';

/** What a side can put on the wire. The last page of a sequence and a failed result lead elsewhere. */
export type Utterance =
  | Exclude<MessageType, 'offer' | 'decisions' | 'clean-buffer-report' | 'tidy-report' | 'stream-result'>
  | 'data'
  | 'offer'
  | 'offer, last'
  | 'decisions'
  | 'decisions, last'
  | 'clean-buffer-report'
  | 'clean-buffer-report, last'
  | 'tidy-report'
  | 'tidy-report, last'
  | 'stream-result'
  | 'stream-result, failed';

type Row = Partial<Record<Utterance, SessionState>>;

const FROM_SENDER: Readonly<Record<SessionState, Row>> = {
  hello: { hello: 'hello-reply', pair: 'pairing' },
  'hello-reply': {},
  pairing: {},
  ready: {
    offer: 'offering',
    'offer, last': 'deciding',
    replan: 'deciding',
    'begin-stream': 'beginning',
    'clean-buffer': 'reporting',
    tidy: 'tidying',
    goodbye: 'closed',
  },
  offering: { offer: 'offering', 'offer, last': 'deciding' },
  deciding: {},
  beginning: {},
  streaming: { data: 'streaming', 'stream-end': 'resulting', 'stream-failed': 'resulting' },
  draining: { data: 'draining', 'stream-end': 'ready', 'stream-failed': 'ready' },
  resulting: {},
  reporting: {},
  tidying: {},
  closed: {},
};

const FROM_RECEIVER: Readonly<Record<SessionState, Row>> = {
  hello: {},
  'hello-reply': { 'hello-reply': 'ready' },
  pairing: { 'pair-reply': 'closed' },
  ready: {},
  offering: {},
  deciding: { decisions: 'deciding', 'decisions, last': 'ready' },
  beginning: { 'stream-ready': 'streaming', 'stream-refused': 'ready' },
  streaming: { 'stream-result, failed': 'draining' },
  draining: {},
  resulting: { 'stream-result': 'ready', 'stream-result, failed': 'ready' },
  reporting: { 'clean-buffer-report': 'reporting', 'clean-buffer-report, last': 'ready' },
  tidying: { 'tidy-report': 'tidying', 'tidy-report, last': 'ready' },
  closed: {},
};

/** In these no heartbeat may be sent: the version is not agreed on yet, or all is said. */
export function heartbeatAllowed(state: SessionState): boolean {
  return state !== 'hello' && state !== 'hello-reply' && state !== 'pairing' && state !== 'closed';
}

/** The state after `utterance` of the side `from`, or undefined when it is illegal in `state`. */
export function nextState(state: SessionState, from: Role, utterance: Utterance): SessionState | undefined {
  if (state === 'closed') return undefined;
  if (utterance === 'error') return 'closed';
  if (utterance === 'heartbeat') return heartbeatAllowed(state) ? state : undefined;
  return (from === 'sender' ? FROM_SENDER : FROM_RECEIVER)[state][utterance];
}

/** In the words of an administrator: what is going on in a state. */
export const STATE_WORDS: Readonly<Record<SessionState, string>> = {
  hello: 'before the hello',
  'hello-reply': 'waiting for the answer to the hello',
  pairing: 'waiting for the answer to pair',
  ready: 'between two exchanges',
  offering: 'in the middle of an offer',
  deciding: 'waiting for decisions',
  beginning: 'waiting for the answer to begin-stream',
  streaming: 'in the middle of a stream',
  draining: 'in the middle of a stream that the receiver has given up',
  resulting: 'waiting for the result of a stream',
  reporting: 'waiting for the report of clean-buffer',
  tidying: 'waiting for the report of tidy',
  closed: 'after the end of the session',
};
