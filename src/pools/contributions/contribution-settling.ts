import { formatMoney, isCurrency } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { type Earmark, requireEarmark } from '../earmarks.js';
import type { LockedPool } from '../pool-position.js';
import { amountOf } from '../pools.service.js';
import type { ReceiveContribution, SettleInstalment } from './contribution.dto.js';
import {
  type Application,
  applyAsChosen,
  applyToInstalments,
  meantInstalments,
  type OpenInstalment,
  type Tender,
} from './contribution.rules.js';

/** What the funder paid in a currency of its own, if it did. @throws ruleBroken naming the field */
export function readPaid(
  pool: LockedPool,
  { paidAmount, paidCurrency }: Pick<ReceiveContribution, 'paidAmount' | 'paidCurrency'>,
): Tender | undefined {
  if (paidAmount === undefined && paidCurrency === undefined) return undefined;
  if (paidAmount === undefined)
    throw fieldError('ruleBroken', '/paidAmount', `Say how much the funder paid in ${paidCurrency}.`);
  if (paidCurrency === undefined)
    throw fieldError('ruleBroken', '/paidCurrency', 'Say in which currency the funder paid.');
  if (!isCurrency(paidCurrency))
    throw fieldError('ruleBroken', '/paidCurrency', `${paidCurrency} is not a currency of ISO 4217.`);
  if (paidCurrency === pool.currency) {
    const sentence = `What was paid in ${pool.currency} is the amount itself: leave this out.`;
    throw fieldError('ruleBroken', '/paidCurrency', sentence);
  }
  const amount = amountOf(paidAmount, paidCurrency, '/paidAmount')!;
  if (amount <= 0n) throw fieldError('ruleBroken', '/paidAmount', 'The funder paid more than nothing.');
  return { currency: paidCurrency, amount };
}

export interface Settling {
  applications: Application[];
  earmark: Earmark;
}

/**
 * What money settles of what its funder owes: the instalments that were chosen, or the oldest; and what it is restricted
 * to, as was said or as the promises say that it keeps.
 * @throws ruleBroken naming the field
 */
export async function settle(
  tx: Tx,
  pool: LockedPool,
  open: readonly OpenInstalment[],
  {
    tenders,
    said,
    chosen,
  }: { tenders: readonly Tender[]; said?: Earmark; chosen?: readonly SettleInstalment[] },
): Promise<Settling> {
  const isChosen = ({ id }: OpenInstalment) =>
    chosen?.some(({ instalmentId }) => instalmentId === id) ?? true;
  const meant = meantInstalments(tenders, open.filter(isChosen), said);
  await requireEarmark(tx, pool, meant.earmark);
  const { currency, amount } = meant.tender;
  const applications =
    chosen === undefined
      ? applyToInstalments(amount, meant.open)
      : applyAsChosen(
          amount,
          meant.open,
          chosen.map((part, index) => ({
            instalmentId: part.instalmentId,
            amount: amountOf(part.amount, currency, `/settles/${index}/amount`)!,
          })),
          (minor) => formatMoney(minor, currency, 'en-GB'),
        );
  return { applications, earmark: meant.earmark };
}
