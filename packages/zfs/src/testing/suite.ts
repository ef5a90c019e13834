import { cloneCases } from './clone-cases.ts';
import { datasetCases } from './dataset-cases.ts';
import { destroyCases } from './destroy-cases.ts';
import { emptyCases } from './empty-cases.ts';
import { encryptionCases } from './encryption-cases.ts';
import { flagCases } from './flag-cases.ts';
import { makeFixture, type RunCase } from './helpers.ts';
import { interruptionCases } from './interruption-cases.ts';
import { listingCases } from './listing-cases.ts';
import { partialCases } from './partial-cases.ts';
import { propertyCases } from './property-cases.ts';
import { refusalCases } from './refusal-cases.ts';
import { resumeCases } from './resume-cases.ts';
import { rollbackCases } from './rollback-cases.ts';
import { streamCases } from './stream-cases.ts';
import type { TestBed } from './test-bed.ts';

/**
 * What everything that stands behind `Zfs` must do, real OpenZFS and the simulator alike: all that replication relies
 * on. Every case makes datasets of its own in two pools that are made here; the bed's owner disposes of it afterwards.
 */
export async function zfsConformance(runCase: RunCase, bed: TestBed): Promise<void> {
  const fixture = await makeFixture(bed);
  const test: RunCase = (name, run) =>
    runCase(name, async () => {
      try {
        await run();
      } finally {
        for (const process of fixture.running) await process.kill();
        fixture.running.clear();
      }
    });
  await listingCases(test, fixture);
  await datasetCases(test, fixture);
  await destroyCases(test, fixture);
  await streamCases(test, fixture);
  await cloneCases(test, fixture);
  await interruptionCases(test, fixture);
  await resumeCases(test, fixture);
  await partialCases(test, fixture);
  await rollbackCases(test, fixture);
  await refusalCases(test, fixture);
  await encryptionCases(test, fixture);
  await emptyCases(test, fixture);
  await flagCases(test, fixture);
  await propertyCases(test, fixture);
}
