import { type AccountRow, bookTotals } from '../../ledger/accounts.read.js';
import { type Book, accountKinds } from '../../ledger/chart-of-accounts.js';
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

export const books: Record<Book, { title: string; note: string }> = {
  actual: { title: 'Actual', note: 'Cash, and what it is held for' },
  commitment: { title: 'Commitment', note: 'Promises in and out' },
};

/** The trial balance: every account with its balance, book by book; the two sides of a book are equal. */
export function AccountsPage({ page, pool, accounts }: Props) {
  return (
    <PoolFrame page={page} pool={pool} current="accounts">
      <div class="tb-stack tb-books">
        {(['actual', 'commitment'] as const).map((book) => (
          <TrialBalance page={page} pool={pool} accounts={accounts} book={book} />
        ))}
      </div>
    </PoolFrame>
  );
}

function TrialBalance({ page, pool, accounts, book }: Props & { book: Book }) {
  const { title, note } = books[book];
  const total = bookTotals(accounts).find((each) => each.book === book);
  const money = (minor: bigint) => (
    <MoneyCell minor={minor} currency={pool.currency} locale={localeOf(page)} />
  );
  const side = (minor: bigint) => (minor > 0n ? money(minor) : null);
  return (
    <Card
      title={`${title} book`}
      id={book}
      note={`${note}. Balances in ${pool.currency}`}
      actions={<a href={`/api/v1/pools/${pool.id}/accounts?format=csv`}>Export CSV</a>}
      flush
    >
      <Table
        caption={`Accounts of the ${title.toLowerCase()} book, in ${pool.currency}`}
        rows={accounts.filter((account) => account.book === book)}
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
            foot: money(total?.debit ?? 0n),
          },
          {
            heading: 'Credit',
            kind: 'number',
            cell: ({ balance }) => side(-balance),
            foot: money(total?.credit ?? 0n),
          },
        ]}
      />
    </Card>
  );
}
