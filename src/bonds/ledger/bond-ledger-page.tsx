import type { AccountRow } from '../../ledger/accounts.read.js';
import { accountKinds, books } from '../../ledger/chart-of-accounts.js';
import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { accountTitle } from '../../pools/journal/account-title.js';
import { entryKindText } from '../../pools/journal/document-path.js';
import { Card, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { BondFrame, localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { onItsSide } from './bond-ledger.dto.js';
import type { BondLedgerLine, BondLedgerQuery } from './bond-ledger.read.js';

interface Props {
  page: PageContext;
  view: {
    bond: Bond;
    accounts: readonly AccountRow[];
    kinds: readonly string[];
    lines: Page<BondLedgerLine>;
    query: BondLedgerQuery;
    today: Day;
  };
}

/** The ledger of a bond: what its accounts come to, and each posting that made it so. */
export function BondLedgerPage({ page, view }: Props) {
  const { bond, accounts, kinds, lines, query } = view;
  const home = `/bonds/${bond.id}/ledger`;
  return (
    <BondFrame page={page} bond={bond} current="ledger">
      <Stack>
        <Accounts page={page} view={view} />
        <ListCard
          page={page}
          title="Entries"
          note={`${plural(lines.total, 'posting')} on the accounts of the bond and its parties, in ${bond.currency}`}
          home={home}
          api={`/api/v1/bonds/${bond.id}/ledger`}
          query={query}
          list={lines}
          filters={[
            {
              ...{ kind: 'choice', name: 'book', label: 'Book', any: 'Both books' },
              options: [
                { value: 'actual', label: books.actual.title },
                { value: 'commitment', label: books.commitment.title },
              ],
            },
            {
              ...{ kind: 'choice', name: 'kind', label: 'Kind', any: 'All kinds' },
              options: kinds.map((kind) => ({ value: kind, label: entryKindText(kind) })),
            },
            {
              ...{ kind: 'choice', name: 'accountKind', label: 'Accounts', any: 'Of every kind' },
              options: [...new Set(accounts.map(({ kind }) => kind))].map((kind) => ({
                ...{ value: kind, label: accountKinds[kind].name },
              })),
            },
            {
              ...{ kind: 'choice', name: 'accountId', label: 'Account', any: 'All accounts' },
              options: accounts.map((account) => ({ value: account.id, label: accountTitle(account) })),
            },
          ]}
        >
          <Lines page={page} view={view} />
        </ListCard>
      </Stack>
    </BondFrame>
  );
}

function Accounts({ page, view: { bond, accounts } }: Props) {
  const locale = localeOf(page);
  const home = `/bonds/${bond.id}/ledger`;
  return (
    <Card
      title="What its accounts come to"
      note={`In ${bond.currency}, in both books`}
      actions={<a href={`/api/v1/bonds/${bond.id}/accounts?format=csv`}>Export CSV</a>}
      flush
    >
      <Table
        caption={`Accounts of ${bond.reference}, in ${bond.currency}`}
        rows={accounts}
        rowHref={({ id }) => `${home}?accountId=${id}`}
        rowTone={({ balance }) => (balance === 0n ? 'muted' : undefined)}
        empty={{
          icon: 'report-money',
          title: 'No account yet',
          text: 'An account opens with its first entry: an invoice, a drawdown, an advance.',
        }}
        columns={[
          {
            heading: 'Account',
            cell: ({ kind, subject }) => (
              <>
                {accountKinds[kind].name}
                <span class="tb-under">{subject}</span>
              </>
            ),
          },
          { heading: 'Book', cell: ({ book }) => books[book].title },
          {
            heading: 'Balance',
            kind: 'number',
            cell: (account) => (
              <MoneyCell
                minor={onItsSide(account, account.balance)}
                currency={account.currency}
                locale={locale}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Lines({ page, view: { bond, lines, query, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  const isNarrowed = query.book ?? query.kind ?? query.accountId ?? query.accountKind;
  return (
    <Table
      caption={`What was posted on the accounts of ${bond.reference}, in ${bond.currency}`}
      rows={lines.items}
      sorting={sortingOf(`/bonds/${bond.id}/ledger`, query, '-occurredOn')}
      rowHref={({ entryId }) => `/entries/${entryId}`}
      rowTone={({ reversesId, reversedById }) => ((reversesId ?? reversedById) ? 'muted' : undefined)}
      empty={{
        icon: 'report-money',
        title: isNarrowed ? 'Nothing matches' : 'Nothing is posted yet',
        text: isNarrowed
          ? 'Widen what is asked for above.'
          : 'Invoices, drawdowns, advances and distributions post their entries by themselves.',
      }}
      columns={[
        {
          heading: 'Entry',
          cell: ({ description, kind, reversedById }) => (
            <>
              {description}
              <span class="tb-under">
                {entryKindText(kind)}
                {reversedById !== null && ', and reversed since'}
              </span>
            </>
          ),
        },
        {
          heading: 'Date',
          sort: 'occurredOn',
          cell: ({ occurredOn }) => <DayText day={occurredOn} today={today} locale={locale} />,
        },
        {
          heading: 'Account',
          cell: ({ account }) => (
            <>
              {accountKinds[account.kind].name}
              <span class="tb-under">{account.subject}</span>
            </>
          ),
        },
        { heading: 'Debit', kind: 'number', cell: ({ amount }) => (amount > 0n ? money(amount) : null) },
        { heading: 'Credit', kind: 'number', cell: ({ amount }) => (amount < 0n ? money(-amount) : null) },
        {
          heading: 'Balance',
          kind: 'number',
          wideOnly: true,
          cell: ({ account, balance }) => money(onItsSide(account, balance)),
        },
      ]}
    />
  );
}
