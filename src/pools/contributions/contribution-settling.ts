import { formatMoney } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Earmark, requireEarmark } from '../earmarks.js';
import type { LockedPool } from '../pool-position.js';
import { amountOf } from '../pools.service.js';
import type { SettleInstalment } from './contribution.dto.js';
import {
  type Application,
  applyAsChosen,
  applyToInstalments,
  meantInstalments,
  type OpenInstalment,
  type Tender,
} from './contribution.rules.js';

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
