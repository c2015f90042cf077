import { sum } from '../../../maths/money.js';
import { Card } from '../../../web/components/card.js';
import { MoneyCell } from '../../../web/components/money.js';
import { Table } from '../../../web/components/table.js';
import type { InvestorShare } from './distribution.rules.js';

interface Props {
  bondId: string;
  currency: string;
  shares: readonly InvestorShare[];
  locale: string;
}

/** What each investor gets of a distribution: its capital, and what is beyond it. */
export function SharesCard({ bondId, currency, shares, locale }: Props) {
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const column = (heading: string, of: (share: InvestorShare) => bigint) => ({
    ...{ heading, kind: 'number' as const },
    cell: (share: InvestorShare) => money(of(share)),
    foot: money(sum(shares.map(of))),
  });
  return (
    <Card title="What each investor gets" note={`In ${currency}`} flush>
      <Table
        caption={`What each investor gets, in ${currency}`}
        rows={shares}
        rowHref={({ partyId }) => `/bonds/${bondId}/investors/${partyId}/statement`}
        columns={[
          { heading: 'Investor', cell: ({ investor }) => investor, foot: 'Total' },
          column('Capital', ({ capital }) => capital),
          column('Beyond it', ({ income }) => income),
          column('In all', ({ capital, income }) => capital + income),
        ]}
      />
    </Card>
  );
}
