import { ReportAssembler } from '@zfsync/protocol';
import { patiently, type Waiting } from './patience.ts';

/** A page of what the receiver reports. */
export interface ReportPage<T> {
  readonly last: boolean;
  readonly entries: readonly T[];
}

/** Asks the receiver to do something, and waits for its whole report as long as pages of it come. */
export function requestReport<T>(
  waiting: Waiting,
  request: () => Promise<void>,
  nextPage: () => Promise<ReportPage<T>>,
): Promise<readonly T[]> {
  return patiently(waiting, async (progress) => {
    await request();
    const assembler = new ReportAssembler<T>();
    for (;;) {
      const { last, entries } = await nextPage();
      const report = assembler.push(last, entries);
      if (report !== undefined) return report;
      progress();
    }
  });
}
