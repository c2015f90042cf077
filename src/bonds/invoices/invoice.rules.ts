import { fieldError } from '../../platform/errors/domain-error.js';
import { formatMoney } from '../../maths/money.js';

/** What an invoice is for. */
export interface InvoiceSource {
  kind: 'claim' | 'substitute';
  id: string;
}

export const invoiceStates = ['issued', 'partlyPaid', 'paid'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** The state of an invoice is what has come of it. Minor units. */
export function invoiceState({ amount, received }: { amount: bigint; received: bigint }): InvoiceState {
  if (received === 0n) return 'issued';
  return received < amount ? 'partlyPaid' : 'paid';
}

/**
 * Refuses a receipt of nothing, or of more than is open: an outcome payment is owed to the penny, and what is more is
 * somebody else's invoice or a contribution.
 * @throws ruleBroken naming `/amount`
 */
export function requireReceivable(
  { amount, received, currency }: { amount: bigint; received: bigint; currency: string },
  receipt: bigint,
): void {
  if (receipt <= 0n) throw fieldError('ruleBroken', '/amount', 'A receipt is more than nothing.');
  const open = amount - received;
  if (receipt <= open) return;
  const sentence = `${formatMoney(open, currency, 'en-GB')} is open of this invoice. Record what is more on the invoice, or as the contribution, that it is for.`;
  throw fieldError('ruleBroken', '/amount', sentence);
}
