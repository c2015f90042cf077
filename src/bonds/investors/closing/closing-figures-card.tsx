import { sum } from '../../../maths/money.js';
import { Card } from '../../../web/components/card.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { Money, MoneyCell } from '../../../web/components/money.js';
import { Table } from '../../../web/components/table.js';
import type { ClosingFigures } from './closing.rules.js';

interface Props {
  figures: ClosingFigures;
  currency: string;
  locale: string;
  title: string;
}

/** How a bond ends: what it brought and cost, what is lost, and to whom what is left over goes. */
export function ClosingFiguresCard({ figures, currency, locale, title }: Props) {
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const { proceeds, lost, cost, income, surplus } = figures;
  return (
    <Card title={title} note="What came in, and what became of it, to the cent">
      <KeyValue
        pairs={[
          ['Outcome payments and what else came', money(proceeds)],
          ['Capital that does not come back', money(lost)],
          ['Cost of the programme', money(cost)],
          ['Paid to investors beyond their capital', money(income)],
          ['Left over, for the pool', <strong>{money(surplus)}</strong>],
        ]}
      />
    </Card>
  );
}

/** Each investor at the end of a bond. */
export function InvestorsAtTheEnd({ figures, currency, locale }: Omit<Props, 'title'>) {
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const { investors } = figures;
  return (
    <Card title="Investors" note={`In ${currency}`} flush>
      <Table
        caption={`Investors at the end, in ${currency}`}
        rows={investors}
        empty={{ icon: 'users', title: 'No investors', text: 'Nobody has lent to this bond.' }}
        columns={[
          { heading: 'Investor', cell: ({ investor }) => investor, foot: 'Total' },
          {
            ...{ heading: 'Capital lost', kind: 'number' },
            cell: ({ capital }) => money(capital),
            foot: money(sum(investors.map(({ capital }) => capital))),
          },
          {
            ...{ heading: 'Got beyond its capital', kind: 'number' },
            cell: ({ income }) => money(income),
            foot: money(sum(investors.map(({ income }) => income))),
          },
        ]}
      />
    </Card>
  );
}

/** Whose fund balances what is left over goes to; nothing where nothing is. */
export function SurplusShares({ figures, currency, locale }: Omit<Props, 'title'>) {
  const { shares, surplus } = figures;
  if (shares.length === 0) return null;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  return (
    <Card title="Where what is left over goes" note={`Into fund balances of the pool, in ${currency}`} flush>
      <Table
        caption={`Shares of what is left over, in ${currency}`}
        rows={shares}
        rowHref={({ organisationId }) => `/organisations/${organisationId}`}
        columns={[
          { heading: 'Funder', cell: ({ name }) => name, foot: 'Total' },
          {
            ...{ heading: 'Amount', kind: 'number' },
            cell: ({ amount }) => money(amount),
            foot: money(surplus),
          },
        ]}
      />
    </Card>
  );
}
