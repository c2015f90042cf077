import type { Column } from '../web/components/table.js';
import { Money } from '../web/components/money.js';
import { moneyText, plural } from '../web/format.js';

/** What has an amount in a currency, in minor units. */
export interface Amounted {
  amount: bigint;
  currency: string;
}

/** What these come to, currency by currency: different currencies are never added up. */
export function totals(rows: readonly Amounted[]): Amounted[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => ({
    currency,
    amount: rows.filter((row) => row.currency === currency).reduce((sum, row) => sum + row.amount, 0n),
  }));
}

/** "£48,200.00", or "£48,200.00 and €1,000.00". */
export const totalText = (rows: readonly Amounted[], locale: string): string =>
  totals(rows)
    .map(({ amount, currency }) => moneyText(amount, currency, locale))
    .join(' and ');

/** "2 payments, £48,200.00". */
export const paymentsText = (rows: readonly Amounted[], locale: string): string =>
  `${plural(rows.length, 'payment')}, ${totalText(rows, locale)}`;

/** The column of amounts: the heading names the currency where there is one, each cell does where there are several. */
export function amountColumn<Row extends Amounted>(
  rows: readonly Row[],
  locale: string,
  { withTotal = true } = {},
): Column<Row> {
  const sums = totals(rows);
  const [only] = sums;
  const symbol = sums.length > 1;
  return {
    heading: only && !symbol ? `Amount (${only.currency})` : 'Amount',
    kind: 'number',
    cell: ({ amount, currency }) => (
      <Money minor={amount} currency={currency} locale={locale} symbol={symbol} />
    ),
    foot:
      withTotal && only && !symbol ? (
        <Money minor={only.amount} currency={only.currency} locale={locale} symbol={false} />
      ) : undefined,
  };
}
