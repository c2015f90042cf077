import { accountKinds, type AccountKind } from '../../ledger/chart-of-accounts.js';
import type { EntryRow } from '../../ledger/entries.read.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { Money } from '../../web/components/money.js';
import { Notice } from '../../web/components/problem.js';
import { type Column, Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { accountTitle } from './account-title.js';
import { entryKindText } from './document-path.js';
import type { LedgerView } from './ledger-view.js';
import { localeOf, PoolFrame } from '../pool-frame.js';

interface Props {
  page: PageContext;
  view: LedgerView;
}

/** The ledger of a pool. Its columns are what the pool's position is made of; at the foot stands what they add up to. */
export function LedgerPage({ page, view }: Props) {
  const { pool, query, entries, account } = view;
  const home = `/pools/${pool.id}/ledger`;
  return (
    <PoolFrame page={page} pool={pool} current="ledger">
      {account && (
        <Notice
          text={`Only what touches the account “${accountTitle(account)}”, and what it changes there.`}
        />
      )}
      <ListCard
        page={page}
        title="Ledger"
        note={`${plural(entries.total, 'entry', 'entries')}, in ${pool.currency}`}
        home={home}
        api={`/api/v1/pools/${pool.id}/entries`}
        query={query}
        list={entries}
        filters={[
          {
            kind: 'choice',
            name: 'kind',
            label: 'Kind',
            any: 'All kinds',
            options: view.kinds.map((kind) => ({ value: kind, label: entryKindText(kind) })),
          },
          { kind: 'choice', name: 'funderId', label: 'Funder', any: 'All funders', options: view.funders },
          { kind: 'day', name: 'occurredOn.gte', label: 'From' },
          { kind: 'day', name: 'occurredOn.lte', label: 'To' },
        ]}
      >
        <Entries page={page} view={view} />
      </ListCard>
    </PoolFrame>
  );
}

function Entries({ page, view }: Props) {
  const { pool, entries, query } = view;
  const locale = localeOf(page);
  const isNarrowed = query.kind ?? query.funderId ?? query['occurredOn.gte'] ?? query['occurredOn.lte'];
  return (
    <Table
      caption={`Entries of ${pool.name}, in ${pool.currency}`}
      rows={entries.items}
      sorting={sortingOf(`/pools/${pool.id}/ledger`, query, '-occurredOn')}
      rowHref={({ id }) => `/entries/${id}`}
      rowTone={({ reversesId, reversedById }) => ((reversesId ?? reversedById) ? 'muted' : undefined)}
      empty={{
        icon: 'report-money',
        title: isNarrowed ? 'No entry matches' : 'Nothing is posted yet',
        text: isNarrowed
          ? 'Widen what is asked for above.'
          : 'Pledges, contributions, awards and payments post their entries by themselves.',
      }}
      columns={[
        {
          heading: 'Entry',
          cell: (entry) => <EntryName entry={entry} />,
          foot: entries.total > entries.items.length ? `Total of all ${entries.total}` : 'Total',
        },
        {
          heading: 'Date',
          sort: 'occurredOn',
          cell: ({ occurredOn }) => <DayText day={occurredOn} today={pool.today} locale={locale} />,
        },
        ...columnsOf(view).map((kind, index) => changeColumn(view, kind, locale, index > 0)),
      ]}
    />
  );
}

function EntryName({ entry }: { entry: EntryRow }) {
  return (
    <>
      {entry.description}
      <span class="tb-under">
        {entryKindText(entry.kind)}
        {entry.reversedById !== null && ', and reversed since'}
      </span>
    </>
  );
}

/** The kinds of account whose changes are shown: those of the position, of the funder, or the one account's own. */
function columnsOf({ account, query }: LedgerView): AccountKind[] {
  if (account) return [account.kind];
  if (query.funderId !== undefined) return ['fundBalance', 'pledgedFunds'];
  return ['cash', 'fundBalance', 'feesPayable', 'pledgesReceivable', 'grantsOutstanding'];
}

function changeColumn(
  { pool, account, totals }: LedgerView,
  kind: AccountKind,
  locale: string,
  wideOnly: boolean,
): Column<EntryRow> {
  const currency = account?.currency ?? pool.currency;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} symbol={false} />;
  return {
    heading: accountKinds[kind].name,
    kind: 'number',
    wideOnly,
    cell: (entry) => (entry[kind] === 0n ? null : money(entry[kind])),
    foot: money(totals[kind]),
  };
}
