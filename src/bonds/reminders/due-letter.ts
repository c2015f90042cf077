import { type Day, daysBetween } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import type { LetterReader } from '../../pools/pledges/reminders/pledge-letter.js';
import { dayText, plural } from '../../web/format.js';

/** Money due to a bond, as a letter speaks of it. */
export interface DueWords {
  /** "outcome invoice", "capital call". */
  document: string;
  /** "The outcome payment of", with the payer after it. */
  payment: string;
}

/** What a letter is about. Minor units. */
export interface DueInLetter {
  coalition: string;
  bond: string;
  payer: string;
  reference: string;
  currency: string;
  dueOn: Day;
  amount: bigint;
  received: bigint;
  url: string;
}

/** To whoever pays, before and after money is due to a bond; once it is late, to finance too. */
export function dueLetter(
  due: DueInLetter,
  words: DueWords,
  reader: LetterReader,
  today: Day,
): RenderedLetter {
  const { reference, bond, coalition, payer, amount, received } = due;
  const money = (minor: bigint) => formatMoney(minor, due.currency, reader.locale);
  const dueOn = dayText(due.dueOn, reader.locale);
  const open = money(amount - received);
  const days = daysBetween(today, due.dueOn);
  const isLate = days < 0;
  const when = isLate
    ? `was due on ${dueOn}, ${plural(-days, 'day')} ago`
    : `is due on ${dueOn}, ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}`;
  return renderLetter({
    subject: `${open} of ${words.document} ${reference} ${isLate ? 'was' : 'is'} due on ${dueOn}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `${words.payment} ${payer} for ${bond} of ${coalition} ${when}.${received > 0n ? ` ${money(received)} of it has come.` : ''}`,
      isLate
        ? 'If it is on its way, nothing is to be done.'
        : 'Name the reference with the payment: it is found by it.',
    ],
    facts: [
      ['Reference', reference],
      ['Due', dueOn],
      ['Amount', money(amount)],
      ...(received > 0n ? [['Received', money(received)] as [string, string]] : []),
      ['Still to come', open],
    ],
    action: { label: `Open the ${words.document}`, url: due.url },
    why: isLate
      ? `You get this because you speak for ${payer}, or look after the finances of ${coalition}.`
      : `You get this because you speak for ${payer}.`,
  });
}
