/** Two sessions that talk to each other, and what comes between them. */
import assert from 'node:assert/strict';
import { type Message, type OfferedDataset, ProtocolError, type Role } from '@zfsync/protocol';
import { IllegalSendError, nextState, Session, type Utterance } from '@zfsync/protocol/internal';
import { parseRelativePath } from '@zfsync/zfs';
import { failure, messageFor, targetId, utterances } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { mutateBytes } from '../mutate.ts';
import { Choices, Random } from '../random.ts';
import { checkProtocolError } from './codec.ts';

const dataset: OfferedDataset = {
  path: parseRelativePath(''),
  datasetType: 'filesystem',
  guid: 7n,
  encrypted: false,
  raw: false,
  largeBlocks: false,
  compressed: false,
  embedded: false,
  properties: [],
  versions: [],
  origin: undefined,
  continued: false,
};

/** One side: its session, what it has said so far, and what is on its way to it. */
class Side {
  readonly session: Session;
  /** Bytes from the other side that were not delivered yet. */
  inbound: Uint8Array = new Uint8Array(0);
  /** What is delivered is what the other side said. */
  honest = true;
  broken = false;
  #page = 0;
  /** Offered and not decided on yet, as far as this side knows. */
  datasets = 0;
  replanned = false;

  constructor(role: Role) {
    this.session = new Session(role);
  }

  /** The message for what is to be said, with the page that is due. */
  message(said: Exclude<Utterance, 'data'>, entries: number): Message {
    const last = said.endsWith(', last');
    switch (said) {
      case 'offer':
      case 'offer, last':
        return {
          type: 'offer',
          page: this.#page,
          last,
          leftOut: [],
          renames: 'ask',
          datasets: Array.from({ length: entries }, (_, i) => named(i)),
        };
      case 'decisions':
      case 'decisions, last': {
        const count = this.replanned ? 1 : last ? this.datasets : 0;
        const decision = { kind: 'up-to-date', newest: 1n } as const;
        const shared = {
          decision,
          parked: false,
          afterParent: false,
          after: undefined,
          renameFrom: undefined,
          available: 0n,
          flags: undefined,
        };
        // A replan is answered on its path, an offer on as many datasets as it has.
        const path = this.replanned ? replanPath() : dataset.path;
        const decisions = Array.from({ length: count }, () => ({ path, ...shared }));
        return { type: 'decisions', page: this.#page, last, targetId, decisions };
      }
      case 'clean-buffer-report':
      case 'clean-buffer-report, last':
        return { type: 'clean-buffer-report', page: this.#page, last, promotions: [] };
      case 'tidy-report':
      case 'tidy-report, last':
        return { type: 'tidy-report', page: this.#page, last, entries: [] };
      case 'stream-result, failed':
        return { type: 'stream-result', bytes: 1n, failure };
      default:
        return messageFor(said);
    }
  }

  /** Both sides keep count of what either of them has said. */
  count(message: Message): void {
    if (message.type === 'replan') this.replanned = true;
    if (!('page' in message)) return;
    this.#page = message.last ? 0 : message.page + 1;
    if (message.type === 'offer') this.datasets += message.datasets.length;
    if (message.type === 'decisions' && message.last) {
      this.datasets = 0;
      this.replanned = false;
    }
  }
}

function named(index: number): OfferedDataset {
  return { ...dataset, path: parseRelativePath(`/d${index}`) };
}

function replanPath(): OfferedDataset['path'] {
  const message = messageFor('replan');
  return message.type === 'replan' ? message.path : dataset.path;
}

function speak(side: Side, other: Side, choices: Choices): void {
  const { session } = side;
  const legal = utterances.filter((said) => {
    // A replan is answered by one page.
    if (side.replanned && said === 'decisions') return false;
    return nextState(session.state, session.role, said) !== undefined;
  });
  // An end now and then, else there would be nothing but ends.
  const lively = legal.filter((said) => said !== 'error' && said !== 'goodbye' && said !== 'pair');
  const said = lively.length === 0 || choices.int(64) === 0 ? choices.pick(legal) : choices.pick(lively);
  const bytes: Uint8Array[] = [];
  if (said === 'data') {
    const payload = new Uint8Array(1 + choices.int(2000)).fill(7);
    bytes.push(session.encodeDataHeader(payload.length), payload);
  } else {
    if (choices.int(16) === 0) checkIllegalSend(side, choices.pick(utterances));
    const message = side.message(said, choices.int(4));
    bytes.push(session.encode(message));
    side.count(message);
  }
  other.inbound = Buffer.concat([other.inbound, ...bytes]);
}

/** What is illegal is not said, and nothing has happened. */
function checkIllegalSend({ session }: Side, said: Utterance): void {
  if (said === 'data' || nextState(session.state, session.role, said) !== undefined) return;
  const { state } = session;
  assert.throws(() => session.encode(messageFor(said)), IllegalSendError);
  assert.equal(session.state, state);
}

function deliver(side: Side, bytes: number): void {
  const chunk = side.inbound.subarray(0, bytes);
  side.inbound = side.inbound.subarray(bytes);
  const { session } = side;
  const ended = side.broken || session.state === 'closed';
  const events = session.push(chunk);
  if (ended) assert.deepEqual(events, [], 'after the end nothing is reported');
  for (const [index, event] of events.entries()) {
    if (event.kind === 'message') side.count(event.message);
    if (event.kind !== 'violation') continue;
    if (side.honest) throw new Error('the other side was honest', { cause: event.error });
    assert.equal(index, events.length - 1, 'a violation is the last event');
    checkProtocolError(event.error);
    side.broken = true;
  }
}

function corrupt(side: Side, choices: Choices): void {
  const random = new Random(choices.int(2 ** 32));
  side.inbound = mutateBytes(random, side.inbound, random.bytes(random.int(64)));
  side.honest = false;
}

export const session: Target = {
  name: 'session',
  promise:
    'two honest sides never accuse each other, however they cross; anything else is one violation, the last event',
  cases: 2_500,
  msMax: 1_000,
  generate: (random) => random.bytes(random.pick([20, 60, 200, 600])),
  run(input) {
    const choices = new Choices(input);
    // Half of the conversations stay undisturbed.
    const disturbed = choices.int(2) === 1;
    const sender = new Side('sender');
    const receiver = new Side('receiver');
    while (!choices.exhausted) {
      const [side, other] = choices.int(2) === 0 ? [sender, receiver] : [receiver, sender];
      const what = choices.int(16);
      if (disturbed && what === 0 && side.inbound.length > 0) corrupt(side, choices);
      else if (what < 8 || side.broken || side.session.state === 'closed')
        deliver(side, 1 + choices.int(what < 4 ? 16 : 4096));
      else {
        try {
          speak(side, other, choices);
        } catch (error) {
          // Once it has been lied to it may take itself for owing what it cannot say.
          if (side.honest || !(error instanceof IllegalSendError || error instanceof ProtocolError)) throw error;
        }
      }
    }
    for (const side of [sender, receiver]) deliver(side, side.inbound.length);
  },
};
