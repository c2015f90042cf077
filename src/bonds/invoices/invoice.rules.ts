import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';

/** What an invoice is for. */
export interface InvoiceSource {
  kind: 'claim' | 'substitute';
  id: string;
}

export const invoiceStates = ['issued', 'partlyPaid', 'paid', 'cancelled'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

export const cancellationStates = ['proposed', 'approved', 'rejected'] as const;
export type CancellationState = (typeof cancellationStates)[number];

/** What an invoice asked for, and what became of it. Minor units. */
export interface InvoiceSums {
  amount: bigint;
  received: bigint;
  cancelled: bigint;
}

/** What is still expected of an invoice. Minor units. */
export const openOf = ({ amount, received, cancelled }: InvoiceSums): bigint => amount - received - cancelled;

/** The state of an invoice is what has come of it, and whether the rest is still expected. */
export function invoiceState(invoice: InvoiceSums): InvoiceState {
  if (openOf(invoice) === 0n) return invoice.cancelled > 0n ? 'cancelled' : 'paid';
  return invoice.received === 0n ? 'issued' : 'partlyPaid';
}

/**
 * Refuses a receipt of nothing, or of more than is open: an outcome payment is owed to the penny, and what is more is
 * somebody else's invoice or a contribution.
 * @throws ruleBroken naming `/amount`
 */
export function requireReceivable(invoice: InvoiceSums & { currency: string }, receipt: bigint): void {
  if (receipt <= 0n) throw fieldError('ruleBroken', '/amount', 'A receipt is more than nothing.');
  const open = openOf(invoice);
  if (receipt <= open) return;
  const sentence = `${formatMoney(open, invoice.currency, 'en-GB')} is open of this invoice. Record what is more on the invoice, or as the contribution, that it is for.`;
  throw fieldError('ruleBroken', '/amount', sentence);
}

/**
 * Refuses to cancel an invoice of which nothing is open, or as of a day before the last thing that happened to it.
 * @param lastOn its issue, or the last receipt that stands
 * @throws stateForbids; ruleBroken naming `/occurredOn`
 */
export function requireCancellable(invoice: InvoiceSums, occurredOn: Day, lastOn: Day): void {
  if (openOf(invoice) === 0n)
    throw new DomainError('stateForbids', `The invoice is ${invoiceState(invoice)}. Nothing of it is open.`);
  if (occurredOn >= lastOn) return;
  const sentence = `The invoice was issued or paid on ${lastOn}: it cannot be cancelled before that.`;
  throw fieldError('ruleBroken', '/occurredOn', sentence);
}
