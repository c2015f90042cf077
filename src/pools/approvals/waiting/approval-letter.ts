import type { Telling } from '../../../notices/waiting/run-letters.js';
import { type RenderedLetter, renderLetter } from '../../../platform/mail/letter.js';
import type { Signatory } from '../approvals.read.js';
import { instantText, plural } from '../../../web/format.js';

/** A request that waits for somebody's signature. */
export interface ApprovalInLetter {
  coalition: string;
  timeZone: string;
  /** Null for what belongs to no pool. */
  pool: string | null;
  /** A sentence that says what is asked for, with the figures. */
  summary: string;
  madeByName: string;
  madeAt: Date;
  required: number;
  given: number;
  url: string;
}

export type WaitingApproval = Telling<ApprovalInLetter, Signatory>;

/** The most requests that a letter names; the list of approvals shows all. */
const mostNamed = 50;

/** To who can sign: what waits for them, in one letter, and where they decide. */
export function approvalLetter(waiting: WaitingApproval[], inboxUrl: string): RenderedLetter {
  return waiting.length === 1 ? letterOfOne(waiting[0]!) : letterOfMany(waiting, inboxUrl);
}

function letterOfOne({ matter, step, reader }: WaitingApproval): RenderedLetter {
  const { coalition, summary, madeByName, required, given, timeZone } = matter;
  const isNew = step === 'asked';
  const others =
    required === 1
      ? 'One signature is enough.'
      : `It takes ${plural(required, 'signature')}, of which ${given} ${given === 1 ? 'is' : 'are'} given.`;
  return renderLetter({
    subject: `${isNew ? 'Your approval is asked for' : 'Still waits for your approval'}: ${summary}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${madeByName} ${isNew ? 'asks' : 'has asked'} for your approval in ${coalition}: ${summary}.`,
      others,
      ...(reader.inSteadOf === null ? [] : [`You would sign in the stead of ${reader.inSteadOf}.`]),
    ],
    facts: [
      ['Asked by', madeByName],
      ['Asked', instantText(matter.madeAt, timeZone, reader.locale)],
      ...(matter.pool === null ? [] : [['Pool', matter.pool] as [string, string]]),
      ['Signatures', `${given} of ${required}`],
    ],
    action: { label: 'Look at it and decide', url: matter.url },
    why: whyOf([reader], coalition),
  });
}

function letterOfMany(waiting: WaitingApproval[], inboxUrl: string): RenderedLetter {
  const { matter, reader } = waiting[0]!;
  const { coalition } = matter;
  const isNew = waiting.some(({ step }) => step === 'asked');
  const count = plural(waiting.length, 'request');
  const steads = new Set(waiting.flatMap((each) => each.reader.inSteadOf ?? []));
  const unnamed = waiting.length - mostNamed;
  return renderLetter({
    subject: `${coalition}: ${count} ${isNew ? 'wait' : 'still wait'} for your approval`,
    preheader: waiting
      .slice(0, 3)
      .map((each) => each.matter.summary)
      .join(' · '),
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${count} of ${coalition} ${isNew ? 'wait' : 'still wait'} for your approval.`,
      ...(steads.size === 0 ? [] : [`You would sign in the stead of ${[...steads].join(' and ')}.`]),
    ],
    table: {
      headings: ['What is asked for', 'Asked by'],
      rows: waiting.slice(0, mostNamed).map((each) => [each.matter.summary, each.matter.madeByName]),
    },
    action: { label: 'See what waits for you', url: inboxUrl },
    ...(unnamed > 0 && { closing: `${plural(unnamed, 'more request')} can be seen there.` }),
    why: whyOf(
      waiting.map((each) => each.reader),
      coalition,
    ),
  });
}

const whyOf = (readers: Signatory[], coalition: string): string =>
  readers.some(({ inSteadOf }) => inSteadOf === null)
    ? `You get this because you have an approver’s seat in ${coalition}.`
    : `You get this because an approver of ${coalition} lets you sign in their stead.`;
