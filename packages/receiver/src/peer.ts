import { randomUUID } from 'node:crypto';
import type { ErrorFlags, Logger } from '@zfsync/program';
import {
  type BeginStream,
  type Connection,
  ConnectionError,
  type Decision,
  decisionPages,
  limits,
  negotiateVersion,
  type Offer,
  OfferAssembler,
  type Pair,
  type Replan,
  toFailure,
} from '@zfsync/protocol';
import { AbortedError, ReplicationError, type Zfs } from '@zfsync/zfs';
import type { Verdict } from './decide.ts';
import { flagDataset } from './flag.ts';
import type { Principal } from './principal.ts';
import { answerCleanBuffer, answerTidy } from './long-answers.ts';
import { receiveStream } from './receive.ts';
import type { SessionRegistry } from './registry.ts';
import type { TargetSession } from './session.ts';
import type { Place, StreamPlaces } from './stream-places.ts';
import { tellable } from './tellable.ts';

/** What zfs receive has found that no listing shows. */
const VERDICTS: Partial<Record<string, Verdict>> = {
  ZFS_TARGET_MODIFIED: 'target-modified',
  ZFS_IVSET_MISMATCH: 'encryption-mismatch',
  ZFS_ENCRYPTION_BOUNDARY: 'encryption-mismatch',
  ZFS_LARGE_BLOCKS_REQUIRED: 'large-blocks-required',
  KEY_CHANGED: 'key-changed',
};

/** The other end of a connection, as far as it is known before it says anything. */
export type Party =
  | {
      readonly kind: 'known';
      readonly principal: Principal;
      readonly isNew: false;
    }
  /** An authority vouches for it, and there is no record of it yet. */
  | {
      readonly kind: 'known';
      readonly principal: Principal & { readonly name: string };
      readonly isNew: true;
    }
  /** Its certificate, with this fingerprint, is nobody's that is known here. */
  | {
      readonly kind: 'stranger';
      readonly fingerprint: string;
      /** Why it is nobody's though an authority vouches for it. */
      readonly cause: ReplicationError | undefined;
    };

export interface PeerContext {
  readonly party: Party;
  /** Keeps a record of a party that is new. @returns what it is then */
  readonly enrol: () => Promise<Party>;
  /** Answers a sender that wants to be paired; absent over plaintext. */
  readonly pair: ((connection: Connection, request: Pair, log: Logger) => Promise<void>) | undefined;
  /** Called once the other end has a session: it is no stranger any more. */
  onJoined(): void;
  readonly zfs: Zfs;
  readonly registry: SessionRegistry;
  readonly agent: string;
  readonly streamsMax: number;
  readonly places: Pick<StreamPlaces, 'admit'>;
  /** Fires when no new stream may be begun. */
  readonly draining: AbortSignal;
  /** Fires when what is running is to be ended. */
  readonly killed: AbortSignal;
  /** How long a phase may be without progress. */
  readonly stallMs: number;
  readonly log: Logger;
  readonly errorFlags: ErrorFlags | undefined;
}

/**
 * Serves one connection from its Hello to its end. Never throws: what goes wrong is said to the peer and to the log, and
 * costs no other connection anything.
 */
export async function servePeer(connection: Connection, context: PeerContext): Promise<void> {
  const log = context.log.child({ peer: connection.peer, connection: randomUUID().slice(0, 8) });
  log.debug({ event: 'connection-opened' }, 'connection opened');
  try {
    await converse(connection, context, log);
    await connection.close();
    log.debug({ event: 'connection-closed' }, 'connection closed');
  } catch (error) {
    const reason = context.draining.aborted && error instanceof AbortedError ? shuttingDown() : error;
    const level = reason === error ? 'warn' : 'info';
    const why = reason instanceof Error ? reason.message : String(reason);
    log[level]({ event: 'connection-failed', err: reason }, `connection of ${connection.peer} ended: ${why}`);
    await connection.fail(reason);
  }
}

async function converse(connection: Connection, context: PeerContext, log: Logger): Promise<void> {
  let { party } = context;
  const hello = await connection.expect(['hello', 'pair'], { timeoutMs: limits.helloTimeoutMs });
  const protocolVersion = negotiateVersion(hello.protocolMin, hello.protocolMax);
  if (context.draining.aborted) throw shuttingDown();
  if (hello.type === 'pair') {
    if (context.pair === undefined) throw pairingNeedsTls();
    return context.pair(connection, hello, log);
  }
  if (party.kind === 'known' && party.isNew) party = await context.enrol();
  if (party.kind === 'stranger') throw unknownSender(party);
  const session = await context.registry.join(hello, connection.peer, party.principal);
  context.onJoined();
  let inGoodOrder = false;
  try {
    const { target } = session.location;
    const { name } = party.principal;
    const ids = { session: hello.sessionId.slice(0, 8), run: hello.runId, target };
    const sessionLog = log.child(name === undefined ? ids : { ...ids, name });
    sessionLog.info(
      { event: 'hello', agent: hello.agent, source: hello.sourceRoot },
      `${name ?? connection.peer} sends ${hello.sourceRoot} to ${target}`,
    );
    const { agent, streamsMax } = context;
    await connection.send({ type: 'hello-reply', protocolVersion, features: [], agent, target, streamsMax });
    await answerRequests(connection, session, context, sessionLog);
    inGoodOrder = true;
  } finally {
    context.registry.leave(hello.sessionId, inGoodOrder);
  }
}

function unknownSender({ fingerprint, cause }: Extract<Party, { kind: 'stranger' }>): ReplicationError {
  const reason = cause === undefined ? `its certificate has the fingerprint ${fingerprint}` : tellable(cause);
  return new ReplicationError(
    `this sender is not known to the receiver (${reason}): run "zfsync-recv pair NAME" there and "zfsync-send pair TOKEN" here`,
    { code: 'PEER_UNKNOWN', retry: 'operator', context: { fingerprint }, cause },
  );
}

function pairingNeedsTls(): ReplicationError {
  const message = 'the receiver runs with --plaintext: there is nobody to be paired with';
  return new ReplicationError(message, { code: 'PAIRING_NEEDS_TLS', retry: 'operator' });
}

function shuttingDown(): ReplicationError {
  return new ReplicationError('the receiver is shutting down', { code: 'SHUTTING_DOWN', retry: 'reconnect' });
}

async function answerRequests(
  connection: Connection,
  session: TargetSession,
  context: PeerContext,
  log: Logger,
): Promise<void> {
  for (;;) {
    const requests = ['offer', 'replan', 'begin-stream', 'clean-buffer', 'tidy', 'goodbye'] as const;
    const request = await connection.expect(requests, { signal: context.draining });
    const doesNothing =
      request.type === 'offer' || request.type === 'goodbye' || (request.type === 'tidy' && request.dryRun);
    if (!doesNothing) session.plannedFlags.act(context.errorFlags, connection.peer, session.location.target);
    switch (request.type) {
      case 'offer':
        await plan(connection, session, request, context, log);
        break;
      case 'replan':
        await replan(connection, session, request, log);
        break;
      case 'begin-stream':
        await whenAdmitted(connection, context, session, (place) =>
          serveStream(connection, session, request, { ...context, place }, log),
        );
        break;
      case 'clean-buffer':
        await session.inTurn(() => answerCleanBuffer(connection, session, log));
        break;
      case 'tidy':
        await session.inTurn(() => answerTidy(connection, session, request, log));
        break;
      case 'goodbye':
        return;
    }
  }
}

/**
 * Runs the work when the receiver has a place for it, unless the connection is gone by then: nothing is begun, and no
 * policy carried out, for a sender that does not wait any more. Then it throws at once.
 */
async function whenAdmitted(
  connection: Connection,
  { places }: PeerContext,
  { asker }: TargetSession,
  work: (place: Place) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  void connection.closed.then(() => {
    const message = `the connection to ${connection.peer} was lost while it waited for a free place`;
    gone.abort(new ConnectionError(message, { code: 'CONNECTION_CLOSED' }));
  });
  await places.admit(asker, gone.signal, async (place) => {
    gone.signal.throwIfAborted();
    await work(place);
  });
}

async function plan(
  connection: Connection,
  session: TargetSession,
  first: Offer,
  { stallMs: timeoutMs }: PeerContext,
  log: Logger,
): Promise<void> {
  const assembler = new OfferAssembler();
  const push = (page: Offer) => {
    session.share.take(page);
    return assembler.push(page);
  };
  let offer = push(first);
  while (offer === undefined) offer = push(await connection.expect(['offer'], { timeoutMs }));
  const { targetId, decisions } = await session.plan(offer);
  for (const [path, why] of session.notCloned) {
    log.info({ event: 'not-cloned', path }, `${path || '/'} is a clone, and is received in full: ${why}`);
  }
  const withheld = session.withheldProperties();
  if (withheld.length > 0) {
    log.debug(
      { event: 'properties-withheld', properties: withheld },
      `offered and not taken over: ${withheld.join(', ')}`,
    );
  }
  for (const { from, to } of session.renamed) {
    log.info({ event: 'renamed', from, to }, `${from} was renamed to ${to}, as it was at the source`);
  }
  const counts: Record<string, number> = {};
  for (const { path, decision } of decisions) {
    counts[decision.kind] = (counts[decision.kind] ?? 0) + 1;
    logConflict(path, decision, log);
  }
  session.plannedFlags.plan(decisions);
  log.info({ event: 'planned', datasets: decisions.length, ...counts }, `planned ${decisions.length} datasets`);
  for (const message of decisionPages(targetId, decisions)) await connection.send(message);
}

function logConflict(path: string, decision: Decision, log: Logger): void {
  if (decision.kind === 'conflict') {
    log.warn({ event: 'conflict', path, conflict: decision.conflict }, decision.message);
  }
  if (decision.kind === 'full' && decision.aside !== undefined) {
    log.warn({ event: 'set-aside', path, aside: decision.aside }, `to be renamed aside to ${decision.aside}`);
  }
  if ((decision.kind === 'incremental' || decision.kind === 'resume') && decision.rollback) {
    log.warn({ event: 'rollback', path }, 'changed after its newest snapshot: to be rolled back to that');
  }
}

async function replan(connection: Connection, session: TargetSession, request: Replan, log: Logger): Promise<void> {
  const { path, discard } = request;
  const { targetId, decisions, discarded } = await session.replan(request);
  if (discarded !== undefined) {
    const what = `the partial receive of ${discarded} was discarded: the sender cannot go on with it`;
    log.warn({ event: 'partial-discarded', path }, what);
  } else if (discard !== undefined) {
    const what = `${path || '/'} has no such partial receive as the sender wants discarded: nothing is`;
    log.info({ event: 'partial-not-discarded', path }, what);
  }
  for (const { decision } of decisions) {
    log.info({ event: 'replanned', path, kind: decision.kind }, `${path || '/'}: decided anew: ${decision.kind}`);
    logConflict(path, decision, log);
  }
  for (const message of decisionPages(targetId, decisions)) await connection.send(message);
}

async function serveStream(
  connection: Connection,
  session: TargetSession,
  begin: BeginStream,
  context: PeerContext & { readonly place: Place },
  log: Logger,
): Promise<void> {
  const { path } = begin;
  let destination: Awaited<ReturnType<TargetSession['begin']>>;
  try {
    if (context.draining.aborted) throw shuttingDown();
    destination = await session.begin(begin);
  } catch (error) {
    if (!(error instanceof ReplicationError) || error.origin === 'peer') throw error;
    log.warn({ event: 'stream-refused', path, err: error }, `stream refused: ${error.message}`);
    flagDataset(context.errorFlags, connection.peer, session.location.target, path, error.message);
    await connection.send({ type: 'stream-refused', failure: toFailure(error) });
    return;
  }
  const streamLog = log.child({ dataset: destination.target, path });
  const { stallMs, killed: signal, place } = context;
  const receiving = { zfs: session.zfs, connection, stallMs, signal, place };
  let arrived = false;
  // Until it has arrived: also when the connection breaks, which is thrown.
  let why: string | undefined = 'the connection broke amid the stream';
  try {
    const kind = begin.resume !== undefined ? 'resumed' : begin.from === undefined ? 'full' : 'incremental';
    const { parked } = destination;
    streamLog.info({ event: 'stream-begun', kind, parked }, `receiving ${kind} stream into ${destination.target}`);
    const { bytes, failure } = await receiveStream(
      { ...receiving, log: streamLog },
      begin,
      destination,
      await session.expect(path),
    );
    arrived = failure === undefined;
    why = failure?.message;
    const verdict = VERDICTS[failure?.code ?? ''];
    if (verdict !== undefined) session.judge(path, verdict);
    if (failure === undefined) {
      streamLog.info({ event: 'stream-received', bytes: String(bytes) }, `received ${bytes} bytes`);
    } else {
      streamLog.error({ event: 'stream-failed', bytes: String(bytes), failure }, `stream failed: ${failure.message}`);
    }
  } finally {
    flagDataset(context.errorFlags, connection.peer, session.location.target, path, why);
    await session.release(path, destination, arrived).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      streamLog.warn({ event: 'afterwork-failed', err: error }, `received, but: ${why}`);
    });
  }
}
