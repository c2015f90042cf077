import { type Day, daysBetween } from '../../../maths/day.js';
import { formatMoney } from '../../../maths/money.js';
import { type RenderedLetter, renderLetter } from '../../../platform/mail/letter.js';
import type { LetterReader } from '../../../pools/pledges/reminders/pledge-letter.js';
import { dayText, plural } from '../../../web/format.js';

/** The invoice that a letter is about. Minor units. */
export interface InvoiceInLetter {
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

/** To the payer's people before and after an outcome payment is due; once it is late, to finance too. */
export function invoiceLetter(invoice: InvoiceInLetter, reader: LetterReader, today: Day): RenderedLetter {
  const { reference, bond, coalition, payer, amount, received } = invoice;
  const money = (minor: bigint) => formatMoney(minor, invoice.currency, reader.locale);
  const due = dayText(invoice.dueOn, reader.locale);
  const open = money(amount - received);
  const days = daysBetween(today, invoice.dueOn);
  const isLate = days < 0;
  const when = isLate
    ? `was due on ${due}, ${plural(-days, 'day')} ago`
    : `is due on ${due}, ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}`;
  return renderLetter({
    subject: `${open} of outcome invoice ${reference} ${isLate ? 'was' : 'is'} due on ${due}`,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      `The outcome payment of ${payer} for ${bond} of ${coalition} ${when}.${received > 0n ? ` ${money(received)} of it has come.` : ''}`,
      isLate
        ? 'If it is on its way, nothing is to be done.'
        : 'Name the reference with the payment: it finds its invoice by it.',
    ],
    facts: [
      ['Invoice', reference],
      ['Due', due],
      ['Amount', money(amount)],
      ...(received > 0n ? [['Received', money(received)] as [string, string]] : []),
      ['Still to come', open],
    ],
    action: { label: 'Open the invoice', url: invoice.url },
    why: isLate
      ? `You get this because you speak for ${payer}, or look after the finances of ${coalition}.`
      : `You get this because you speak for ${payer}.`,
  });
}
