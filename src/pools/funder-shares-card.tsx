import { Card } from '../web/components/card.js';
import { MoneyCell } from '../web/components/money.js';
import { Table } from '../web/components/table.js';
import { shareText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { localeOf } from './pool-frame.js';
import type { FunderShare } from './balance-shares.js';

/** A funder’s share, with its name. */
export interface NamedShare extends FunderShare {
  funder: string;
}

interface Props {
  page: PageContext;
  title: string;
  poolId: string;
  currency: string;
  shares: readonly NamedShare[];
}

/** What each funder gets, or bears; together the whole. */
export function FunderSharesCard({ page, title, poolId, currency, shares }: Props) {
  const locale = localeOf(page);
  const whole = shares.reduce((sum, { amount }) => sum + amount, 0n);
  return (
    <Card title={title} note={`In ${currency}, in proportion to what each has left`} flush>
      <Table
        caption={`${title}, in ${currency}`}
        rows={shares}
        columns={[
          {
            heading: 'Funder',
            cell: ({ funderId, funder }) => (
              <a href={`/pools/${poolId}/funders/${funderId}/statement`}>{funder}</a>
            ),
            foot: 'Total',
          },
          { heading: 'Share', kind: 'number', cell: ({ amount }) => shareText(amount, whole, locale) },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={currency} locale={locale} />,
            foot: <MoneyCell minor={whole} currency={currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}
