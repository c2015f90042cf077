import type { RunReader, Telling } from '../../../notices/waiting/run-letters.js';
import { type Day, daysBetween } from '../../../maths/day.js';
import { formatMoney } from '../../../maths/money.js';
import { type RenderedLetter, renderLetter } from '../../../platform/mail/letter.js';
import { dayText, plural } from '../../../web/format.js';
import { conditionText, type ConditionTerms } from '../condition.rules.js';

/** A condition that money waits for, or will. Minor units of the grant's currency. */
export interface ConditionInLetter extends ConditionTerms {
  coalition: string;
  grantReference: string;
  grantTitle: string;
  organisation: string;
  currency: string;
  /** The first payment that waits for it, and from when. */
  amount: bigint;
  bitesOn: Day;
  today: Day;
  url: string;
}

export type ConditionTelling = Telling<ConditionInLetter, RunReader>;

/** To those who can meet them: what money waits for, or will before long; all that one is told of in one letter. */
export function conditionLetter(tellings: ConditionTelling[], listUrl: string): RenderedLetter {
  return tellings.length === 1 ? letterOfOne(tellings[0]!) : letterOfMany(tellings, listUrl);
}

function letterOfOne({ matter, reader }: ConditionTelling): RenderedLetter {
  const { grantReference, grantTitle, organisation, coalition, bitesOn, today } = matter;
  const { locale } = reader;
  const text = conditionText(matter, matter.currency, locale);
  const days = daysBetween(today, bitesOn);
  const on = dayText(bitesOn, locale);
  const money = formatMoney(matter.amount, matter.currency, locale);
  const waits = days < 0;
  return renderLetter({
    subject: waits
      ? `${money} of ${grantReference} waits until ${text}`
      : `From ${on} ${money} of ${grantReference} waits until ${text}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${money} of the grant “${grantTitle}” of ${coalition} to ${organisation} ${
        waits
          ? `was to be paid on ${on}, ${plural(-days, 'day')} ago`
          : `is to be paid on ${on}, ${inDays(days)}`
      }. It waits until ${text}.`,
      waits
        ? 'As soon as that holds, somebody of the backbone or finance says so, and it is paid. If it cannot hold, ask to waive it.'
        : 'If that holds by then, it is paid on the day. If it cannot, it is better said now: it can be waived, or the payment moved.',
    ],
    facts: [
      ['Grant', `${grantReference} ${grantTitle}`],
      ['Paid to', organisation],
      ['Waits from', on],
      ['First payment', money],
    ],
    action: { label: 'Open the condition', url: matter.url },
    why: whyOf(coalition),
  });
}

function letterOfMany(tellings: ConditionTelling[], listUrl: string): RenderedLetter {
  const { matter, reader } = tellings[0]!;
  const { locale } = reader;
  const count = `${tellings.length} conditions`;
  return renderLetter({
    subject: `${matter.coalition}: payments wait for ${count}, or will soon`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `Payments of ${matter.coalition} wait for ${count}, or will from the days below. A condition that is met by its day delays no payment.`,
    ],
    table: {
      headings: ['Grant', 'Waits until', 'From', 'First payment'],
      rows: tellings.map((telling) => [
        `${telling.matter.grantReference}, ${telling.matter.organisation}`,
        conditionText(telling.matter, telling.matter.currency, locale),
        dayText(telling.matter.bitesOn, locale),
        formatMoney(telling.matter.amount, telling.matter.currency, locale),
      ]),
      numeric: [3],
    },
    action: { label: 'See the conditions', url: listUrl },
    why: whyOf(matter.coalition),
  });
}

const inDays = (days: number): string => (days === 0 ? 'today' : `in ${plural(days, 'day')}`);

const whyOf = (coalition: string): string =>
  `You get this because you receive a grant of ${coalition}, or look after its grants.`;
