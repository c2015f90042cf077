import { Card } from '../web/components/card.js';
import { MoneyCell } from '../web/components/money.js';
import { type Column, Table } from '../web/components/table.js';
import type { PageContext } from '../web/page-context.js';
import { withQuery } from '../web/read-query.js';
import type { FunderFigures } from './funders.read.js';
import { localeOf, mayDo } from './pool-frame.js';
import type { PoolView } from './pool-view.js';

type Figure = Exclude<keyof FunderFigures, 'funderId' | 'funder'>;

/** Whose money is in the pool: every figure leads to what it sums. */
export function FundersTable({ page, view }: { page: PageContext; view: PoolView }) {
  const { pool, funders } = view;
  const mayAdd = mayDo(page).manage;
  return (
    <Card
      title="Funders"
      id="funders"
      note={`In ${pool.currency}. What is paid out is a share of money, by the pool’s rule; impact is the coalition’s.`}
      flush
    >
      <Table
        caption={`Funders of the pool, in ${pool.currency}`}
        rows={funders}
        empty={{
          icon: 'coins',
          title: 'No funder yet',
          text: 'Funders are organisations of the coalition. They appear here with their first pledge or contribution.',
          action: mayAdd
            ? { label: 'Add an organisation', href: `/coalitions/${pool.coalitionId}/organisations/new` }
            : undefined,
        }}
        columns={[
          {
            heading: 'Funder',
            cell: ({ funderId, funder }) => <a href={`/organisations/${funderId}`}>{funder}</a>,
            foot: 'Total',
          },
          { ...figureColumn(page, view, 'pledged', 'Pledged', 'pledges', {}), wideOnly: true },
          figureColumn(page, view, 'received', 'Received', 'contributions', {}),
          { ...figureColumn(page, view, 'fees', 'Fees', 'ledger', { kind: 'fee.charged' }), wideOnly: true },
          {
            ...figureColumn(page, view, 'paidOut', 'Paid out', 'ledger', { kind: 'disbursement.settled' }),
            wideOnly: true,
          },
          ...(view.totals.charges === 0n
            ? []
            : [figureColumn(page, view, 'charges', 'Bank charges', 'ledger', { kind: 'bankCharge.taken' })]),
          ...(view.totals.refunded === 0n
            ? []
            : [figureColumn(page, view, 'refunded', 'Refunded', 'ledger', { kind: 'refund.paid' })]),
          ...(view.totals.bondSurplus === 0n
            ? []
            : [
                figureColumn(page, view, 'bondSurplus', 'Left over by bonds', 'ledger', {
                  kind: 'bond.closed',
                }),
              ]),
          {
            heading: 'Balance',
            kind: 'number',
            cell: ({ funderId, balance }) => (
              <MoneyCell
                minor={balance}
                currency={pool.currency}
                locale={localeOf(page)}
                href={`/pools/${pool.id}/funders/${funderId}/statement`}
              />
            ),
            foot: (
              <MoneyCell
                minor={view.totals.balance}
                currency={pool.currency}
                locale={localeOf(page)}
                href={`/pools/${pool.id}/accounts`}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

/** A figure of each funder and of all together, leading to the list that sums up to it. */
function figureColumn(
  page: PageContext,
  { pool, totals }: PoolView,
  figure: Figure,
  heading: string,
  list: 'pledges' | 'contributions' | 'ledger',
  filter: Record<string, string>,
): Column<FunderFigures> {
  const cell = (minor: bigint, funderId?: string) => (
    <MoneyCell
      minor={minor}
      currency={pool.currency}
      locale={localeOf(page)}
      href={minor === 0n ? undefined : withQuery(`/pools/${pool.id}/${list}`, { funderId, ...filter })}
    />
  );
  return {
    heading,
    kind: 'number',
    cell: (funder) => cell(funder[figure], funder.funderId),
    foot: cell(totals[figure]),
  };
}
