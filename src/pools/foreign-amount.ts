import { isCurrency } from '../maths/money.js';
import { fieldError } from '../platform/errors/domain-error.js';
import { amountOf } from './pools.service.js';

/** An amount in a currency, in its minor units. */
export interface CurrencyAmount {
  currency: string;
  amount: bigint;
}

/**
 * What was paid in another currency than the pool's, if it was: as it stands on the bank statement, never worked out.
 * @throws ruleBroken naming `/paidAmount` or `/paidCurrency`
 */
export function readForeignAmount(
  poolCurrency: string,
  { paidAmount, paidCurrency }: { paidAmount?: string; paidCurrency?: string },
): CurrencyAmount | undefined {
  if (paidAmount === undefined && paidCurrency === undefined) return undefined;
  if (paidAmount === undefined)
    throw fieldError('ruleBroken', '/paidAmount', `Say how much was paid in ${paidCurrency}.`);
  if (paidCurrency === undefined)
    throw fieldError('ruleBroken', '/paidCurrency', 'Say in which currency it was paid.');
  if (!isCurrency(paidCurrency))
    throw fieldError('ruleBroken', '/paidCurrency', `${paidCurrency} is not a currency of ISO 4217.`);
  if (paidCurrency === poolCurrency) {
    const sentence = `What was paid in ${poolCurrency} is the amount itself: leave this out.`;
    throw fieldError('ruleBroken', '/paidCurrency', sentence);
  }
  const amount = amountOf(paidAmount, paidCurrency, '/paidAmount')!;
  if (amount <= 0n) throw fieldError('ruleBroken', '/paidAmount', 'It is more than nothing.');
  return { currency: paidCurrency, amount };
}
