import { type AccountRow, type BookTotal, bookTotals } from '../../ledger/accounts.read.js';
import { accountKinds, books } from '../../ledger/chart-of-accounts.js';
import { Card } from '../../web/components/card.js';
import { MoneyCell } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { localeOf, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  accounts: readonly AccountRow[];
}

/** The trial balance: every account with its balance, book by book and currency by currency; the two sides are equal. */
export function AccountsPage({ page, pool, accounts }: Props) {
  return (
    <PoolFrame page={page} pool={pool} current="accounts">
      <div class="tb-stack tb-books">
        {bookTotals(accounts, pool.currency).map((total) => (
          <TrialBalance page={page} pool={pool} accounts={accounts} total={total} />
        ))}
      </div>
    </PoolFrame>
  );
}

function TrialBalance({ page, pool, accounts, total }: Props & { total: BookTotal }) {
  const { book, currency } = total;
  const { title, note } = books[book];
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={localeOf(page)} />;
  const side = (minor: bigint) => (minor > 0n ? money(minor) : null);
  return (
    <Card
      title={currency === pool.currency ? `${title} book` : `${title} book, in ${currency}`}
      id={currency === pool.currency ? book : `${book}-${currency}`}
      note={`${note}. Balances in ${currency}`}
      actions={<a href={`/api/v1/pools/${pool.id}/accounts?format=csv`}>Export CSV</a>}
      flush
    >
      <Table
        caption={`Accounts of the ${title.toLowerCase()} book, in ${currency}`}
        rows={accounts.filter((account) => account.book === book && account.currency === currency)}
        rowHref={({ id }) => `/pools/${pool.id}/ledger?accountId=${id}`}
        rowTone={({ balance }) => (balance === 0n ? 'muted' : undefined)}
        empty={{
          icon: 'report-money',
          title: 'No account yet',
          text: 'An account opens with its first entry.',
        }}
        columns={[
          { heading: 'Account', cell: ({ kind }) => accountKinds[kind].name, foot: 'Total' },
          {
            heading: 'Of',
            cell: ({ subject, earmark }) => (
              <>
                {subject}
                {earmark && <span class="tb-under">for {earmark}</span>}
              </>
            ),
          },
          {
            heading: 'Debit',
            kind: 'number',
            cell: ({ balance }) => side(balance),
            foot: money(total.debit),
          },
          {
            heading: 'Credit',
            kind: 'number',
            cell: ({ balance }) => side(-balance),
            foot: money(total.credit),
          },
        ]}
      />
    </Card>
  );
}
