/** Answers that are reported as the work goes on, so that the sender sees progress. */
import type { Logger } from '@zfsync/program';
import {
  type Connection,
  type Message,
  promotionPager,
  type ReportPager,
  type Tidy,
  type TidyEntry,
  tidyPager,
} from '@zfsync/protocol';
import type { TargetSession } from './session.ts';

/** How long the work may go on without telling the sender what was done. */
const REPORT_INTERVAL_MS = 5000;

export async function answerCleanBuffer(connection: Connection, session: TargetSession, log: Logger): Promise<void> {
  await report(connection, promotionPager(), session.cleanBuffer(), ({ path, parkedAs, outcome, failure }) => {
    const level = failure === undefined ? 'info' : 'error';
    log[level]({ event: 'promotion', path, parkedAs, outcome, failure }, `${path}: ${failure?.message ?? outcome}`);
  });
}

export async function answerTidy(
  connection: Connection,
  session: TargetSession,
  request: Tidy,
  log: Logger,
): Promise<void> {
  const { dryRun } = request;
  await report(connection, tidyPager(), session.tidy(request), (entry) => {
    const { path, action, names, bytes, due, aside, failure } = entry;
    const level = failure !== undefined ? 'error' : action === 'wait' || dryRun ? 'debug' : 'info';
    const facts = {
      snapshots: names.length,
      bytes: String(bytes),
      ...(due > 0n && { due: new Date(Number(due) * 1000).toISOString() }),
    };
    log[level](
      { event: 'tidied', path, action, dryRun, ...facts, aside, failure },
      `${path || '/'}: ${failure?.message ?? wordsOf(entry)}${dryRun ? ' (dry run)' : ''}`,
    );
  });
}

function wordsOf({ action, names, aside }: TidyEntry): string {
  if (aside !== undefined) return `vanished at the source, renamed to ${aside}`;
  return names.length === 0 ? action : `${action}: ${names.length} snapshots, the oldest @${String(names[0])}`;
}

async function report<T, M extends Message>(
  connection: Connection,
  pager: ReportPager<T, M>,
  entries: AsyncIterable<T>,
  note: (entry: T) => void,
): Promise<void> {
  let said = performance.now();
  for await (const entry of entries) {
    note(entry);
    const due = performance.now() - said > REPORT_INTERVAL_MS;
    const page = pager.push(entry) ?? (due ? pager.flush() : undefined);
    if (page === undefined) continue;
    await connection.send(page);
    said = performance.now();
  }
  await connection.send(pager.end());
}
