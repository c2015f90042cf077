import type { Day } from '../../../maths/day.js';
import type { Page } from '../../../platform/http/list.js';
import { Card } from '../../../web/components/card.js';
import { DayText } from '../../../web/components/dates.js';
import { MoneyCell } from '../../../web/components/money.js';
import { Rest } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { Table } from '../../../web/components/table.js';
import type { Bond } from '../../contracts/bonds.read.js';
import type { Distribution } from './distributions.read.js';

interface Props {
  bond: Bond;
  distributions: Page<Distribution>;
  today: Day;
  locale: string;
}

/** What a bond has paid its investors, and what is on its way to them. */
export function DistributionsCard({ bond, distributions, today, locale }: Props) {
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  const { items, total } = distributions;
  return (
    <Card title="Distributions" note={`What investors are paid, by the terms, in ${bond.currency}`} flush>
      <Table
        caption={`Distributions of ${bond.reference}, in ${bond.currency}`}
        rows={items}
        rowHref={({ id }) => `/distributions/${id}`}
        rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
        empty={{
          icon: 'coins',
          title: 'No distribution yet',
          text: 'What outcomes have brought is shared by the terms: worked out first, approved by others, then paid.',
        }}
        columns={[
          {
            heading: 'As of',
            cell: ({ asOf }) => <DayText day={asOf} today={today} locale={locale} />,
          },
          { heading: 'For', wideOnly: true, cell: ({ reason }) => reason },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="bondPayment" state={state} /> },
          { heading: 'Investors', kind: 'number', cell: ({ forInvestors }) => money(forInvestors) },
          {
            heading: 'Leaves the account',
            kind: 'number',
            wideOnly: true,
            cell: ({ amount }) => money(amount),
          },
        ]}
      />
      <Rest
        count={total - items.length}
        href={`/api/v1/bonds/${bond.id}/distributions?format=csv`}
        label="Export all of them"
      />
    </Card>
  );
}
