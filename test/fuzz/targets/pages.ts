/** Pages: what is cut into them comes back whole, and pages of a liar never make two things of one path. */
import assert from 'node:assert/strict';
import {
  type CleanBufferReport,
  DecisionAssembler,
  type DatasetDecision,
  type Decisions,
  decisionPages,
  limits,
  type Message,
  OfferAssembler,
  type Offer,
  type OfferedDataset,
  offerPages,
  type Offered,
  type Promotion,
  promotionPager,
  ReportAssembler,
} from '@zfsync/protocol';
import { decodeMessage, encodeMessage } from '@zfsync/protocol/internal';
import { parseRelativePath, parseVersionName, type Version } from '@zfsync/zfs';
import { failure, targetId } from '../../unit/protocol/messages.ts';
import type { Target } from '../engine.ts';
import { Choices } from '../random.ts';
import { checkProtocolError } from './codec.ts';

/** Over the wire, as the other side gets it. */
function carried<T extends Message>(message: T): T {
  const payload = encodeMessage(message);
  assert.ok(payload.length <= limits.controlPayloadBytesMax);
  return decodeMessage(payload) as T;
}

const pathOf = (choices: Choices, index: number) =>
  parseRelativePath(`/${'p'.repeat(choices.pick([0, 1, 40, 240]))}${index}`);

function datasetsOf(choices: Choices): OfferedDataset[] {
  return Array.from({ length: choices.int(12) }, (_, index) => {
    const name = 'n'.repeat(choices.pick([1, 20, 240]));
    const count = choices.pick([0, 1, 3, 50, 900, 2_000]);
    const version = (_unused: unknown, at: number): Version => ({
      kind: 'snapshot',
      name: parseVersionName(`${name}${at}`),
      guid: BigInt(at + 1),
      createtxg: 2n ** 64n - 1n,
      creation: 2n ** 64n - 1n,
    });
    return {
      path: pathOf(choices, index),
      datasetType: 'filesystem',
      guid: BigInt(index + 1),
      encrypted: choices.int(2) === 1,
      raw: choices.int(2) === 1,
      largeBlocks: choices.int(2) === 1,
      compressed: false,
      embedded: false,
      properties: Array.from({ length: choices.pick([0, 0, 1, 7]) }, (_unused, at) => ({
        name: `a:${at}`,
        value: 'é'.repeat(choices.pick([0, 1, 4_000])),
      })),
      versions: Array.from({ length: count }, version),
      origin: choices.int(3) === 0 ? { path: pathOf(choices, 0), guid: 1n } : undefined,
      continued: false,
    };
  });
}

function decisionsOf(choices: Choices): DatasetDecision[] {
  return Array.from({ length: choices.int(60) }, (_, index) => ({
    path: pathOf(choices, index),
    decision:
      choices.int(2) === 0
        ? ({ kind: 'up-to-date', newest: 1n } as const)
        : ({ kind: 'refused', failure: { ...failure, detail: 'ü'.repeat(choices.pick([0, 16_000])) } } as const),
    parked: false,
    afterParent: false,
    after: undefined,
    renameFrom: undefined,
    available: 0n,
    flags: undefined,
  }));
}

function promotionsOf(choices: Choices): Promotion[] {
  // The smallest ones are many to a page.
  const tiny = choices.int(8) === 0;
  const length = tiny ? choices.int(150_000) : choices.int(200);
  return Array.from({ length }, (_, index) => ({
    path: tiny ? parseRelativePath('') : pathOf(choices, index),
    parkedAs: '',
    outcome: 'promoted' as const,
    failure: !tiny && choices.int(4) === 0 ? failure : undefined,
  }));
}

function reportPages(promotions: readonly Promotion[], choices: Choices): Message[] {
  // A receiver of another make fills its pages to the brim of a frame.
  if (choices.int(2) === 0) return [{ type: 'clean-buffer-report', page: 0, last: true, promotions }];
  const pager = promotionPager();
  const pages = promotions.flatMap((promotion) => pager.push(promotion) ?? []);
  return [...pages, pager.end()];
}

/** Pages in another order, twice, from elsewhere, or each as it is. */
function shuffled<T>(pages: readonly T[], others: readonly T[], choices: Choices): readonly T[] {
  const mixed = [...pages];
  for (let times = choices.int(4); times > 0; times -= 1) {
    const at = choices.int(mixed.length + 1);
    if (choices.int(2) === 0) mixed.splice(at, 1);
    else mixed.splice(at, 0, choices.pick([...pages, ...others]));
  }
  return mixed;
}

/** All of it, or undefined when it is refused. */
function assembled<P extends Message, T>(
  assembler: { push(page: P): T | undefined },
  pages: readonly P[],
): T | undefined {
  try {
    let whole: T | undefined;
    for (const page of pages) whole = assembler.push(carried(page));
    return whole;
  } catch (error) {
    checkProtocolError(error);
    return undefined;
  }
}

function offerOf(choices: Choices): Offered {
  const leftOut = Array.from({ length: choices.pick([0, 0, 3, 3000]) }, (_, index) =>
    parseRelativePath(`/left${'o'.repeat(choices.pick([0, 200]))}${index}`),
  );
  return { datasets: datasetsOf(choices), leftOut, renames: choices.pick(['ask', 'plan', 'follow', 'ignore']) };
}

function checkOffer(choices: Choices): void {
  const offer = offerOf(choices);
  const pages: Offer[] = [...offerPages(offer)];
  assert.deepEqual(assembled(new OfferAssembler(), pages), offer, 'an offer comes back whole');
  const mixed = shuffled(pages, [...offerPages(offerOf(choices))], choices);
  const mixture = assembled(new OfferAssembler(), mixed);
  const whole = mixture?.datasets ?? [];
  const paths = [...whole.map(({ path }) => path), ...(mixture?.leftOut ?? [])];
  assert.equal(new Set(paths).size, paths.length, 'no path comes twice');
  const sent = mixed.flatMap((page) => page.datasets).reduce((sum, { versions }) => sum + versions.length, 0);
  assert.ok(whole.reduce((sum, { versions }) => sum + versions.length, 0) <= sent, 'nothing comes twice');
}

function checkDecisions(choices: Choices): void {
  const decisions = decisionsOf(choices);
  const pages: Decisions[] = [...decisionPages(targetId, decisions)];
  assert.deepEqual(assembled(new DecisionAssembler(), pages), { targetId, decisions }, 'decisions come back whole');
  const mixed = shuffled(pages, [...decisionPages('00000000000000aa', decisionsOf(choices))], choices);
  const whole = assembled(new DecisionAssembler(), mixed)?.decisions ?? [];
  assert.equal(new Set(whole.map(({ path }) => path)).size, whole.length, 'no path is decided on twice');
}

function checkReport(choices: Choices): void {
  const promotions = promotionsOf(choices);
  const pages = reportPages(promotions, choices) as CleanBufferReport[];
  const report = new ReportAssembler<Promotion>();
  const whole = assembled(
    { push: ({ last, promotions: entries }: CleanBufferReport) => report.push(last, entries) },
    pages,
  );
  assert.equal(whole?.length, promotions.length, 'a report comes back whole');
}

export const pages: Target = {
  name: 'pages',
  promise: 'what was cut into pages comes back whole; mixed pages are a ProtocolError or no path twice',
  cases: 60,
  msMax: 5_000,
  generate: (random) => random.bytes(random.between(1, 120)),
  run(input) {
    const choices = new Choices(input);
    choices.pick([checkOffer, checkDecisions, checkReport])(choices);
  },
};
