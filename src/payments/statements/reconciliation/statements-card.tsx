import { Card } from '../../../web/components/card.js';
import { InstantText } from '../../../web/components/dates.js';
import { MoneyCell } from '../../../web/components/money.js';
import { Rest } from '../../../web/components/page-links.js';
import { Table } from '../../../web/components/table.js';
import { moneyText, plural } from '../../../web/format.js';
import { localeOf } from '../../../pools/pool-frame.js';
import type { BankStatement } from '../bank-statements.read.js';
import { offBy } from '../matching/matching.rules.js';
import type { ReconciliationProps } from './reconciliation-view.js';

/** The newest statements, and whether each adds up. */
export function Statements({ page, view: { pool, statements } }: ReconciliationProps) {
  const list = `/api/v1/pools/${pool.id}/bank-statements?format=csv`;
  const locale = localeOf(page);
  return (
    <Card
      title="Statements"
      id="statements"
      note={`In ${pool.currency}, the newest first`}
      actions={<a href={list}>Export CSV</a>}
      flush
    >
      <Table
        caption="Statements of the account"
        rows={statements.items}
        empty={{ icon: 'receipt', title: 'No statement yet', text: 'The first one begins the comparison.' }}
        columns={[
          {
            heading: 'Statement',
            cell: (statement) => (
              <>
                {statement.reference}
                <span class="tb-under">
                  {plural(statement.lines, 'line')}, by {statement.importedBy},{' '}
                  <InstantText at={statement.importedAt} timeZone={pool.timeZone} locale={locale} />
                </span>
                <BalanceNote statement={statement} locale={locale} />
              </>
            ),
          },
          {
            heading: 'Closing',
            kind: 'number',
            cell: ({ closing }) =>
              closing === null ? '–' : <MoneyCell minor={closing} currency={pool.currency} locale={locale} />,
          },
        ]}
      />
      <Rest count={statements.total - statements.items.length} href={list} label="Export all of them" />
    </Card>
  );
}

function BalanceNote({ statement, locale }: { statement: BankStatement; locale: string }) {
  const off = offBy(statement);
  if (off === null || off === 0n) return null;
  return (
    <span class="tb-under tb-warning">
      Does not add up: off by {moneyText(off, statement.currency, locale)}
    </span>
  );
}
