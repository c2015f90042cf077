import { type Day, daysBetween } from '../../../maths/day.js';
import { formatMoney } from '../../../maths/money.js';
import { type RenderedLetter, renderLetter } from '../../../platform/mail/letter.js';
import { dayText, plural } from '../../../web/format.js';

/** The instalment that a letter is about. Minor units of the pledge's currency. */
export interface InstalmentInLetter {
  coalition: string;
  pool: string;
  funder: string;
  reference: string;
  currency: string;
  dueOn: Day;
  amount: bigint;
  received: bigint;
  /** Where the pledge is. */
  url: string;
}

export interface LetterReader {
  name: string;
  locale: string;
}

/** To the funder's people before and after an instalment is due; once it is late, to finance too. */
export function pledgeLetter(
  instalment: InstalmentInLetter,
  reader: LetterReader,
  today: Day,
): RenderedLetter {
  const { reference, pool, coalition, amount, received } = instalment;
  const money = (minor: bigint) => formatMoney(minor, instalment.currency, reader.locale);
  const due = dayText(instalment.dueOn, reader.locale);
  const open = money(amount - received);
  const days = daysBetween(today, instalment.dueOn);
  const isLate = days < 0;
  const part = received > 0n ? `${money(received)} of it has come.` : 'Nothing of it has come yet.';
  return renderLetter({
    subject: isLate
      ? `${open} of pledge ${reference} was due on ${due}`
      : `${open} of pledge ${reference} is due on ${due}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: isLate
      ? [
          `The instalment of ${instalment.funder}’s pledge ${reference} to ${pool} of ${coalition} was due on ${due}, ${plural(-days, 'day')} ago. ${part}`,
          'If it is on its way, nothing is to be done. If it comes later, or otherwise than pledged, amend the pledge: then the pool’s forecast is right.',
        ]
      : [
          `The next instalment of ${instalment.funder}’s pledge ${reference} to ${pool} of ${coalition} is due on ${due}, ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}.`,
          'Name the reference with the payment: it finds its pledge by it.',
        ],
    facts: [
      ['Pledge', reference],
      ['Due', due],
      ['Instalment', money(amount)],
      ...(received > 0n ? [['Received', money(received)] as [string, string]] : []),
      ['Still to come', open],
    ],
    action: { label: 'Open the pledge', url: instalment.url },
    why: isLate
      ? `You get this because you speak for ${instalment.funder}, or look after the finances of ${coalition}.`
      : `You get this because you speak for ${instalment.funder}.`,
  });
}
