import type { Entry, PostingRow } from '../../ledger/entries.read.js';
import { accountKinds, type Book, books } from '../../ledger/chart-of-accounts.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { documentPath, entryKindText } from './document-path.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

export interface EntryView {
  entry: Entry;
  pool: PoolOfPage;
  /** What happened to the document that the entry comes from. */
  history: HistoryEvent[];
}

interface Props {
  page: PageContext;
  view: EntryView;
}

/** A journal entry: its postings in both books, what it comes from, who made it and when. */
export function EntryPage({ page, view }: Props) {
  const { entry, pool } = view;
  const { documentKind, documentId, reversesId, reversedById } = entry;
  const isReversible = documentKind === 'contribution' && reversesId === null && reversedById === null;
  return (
    <Shell page={page}>
      <PageHeader title={entry.description} facts={entryKindText(entry.kind)}>
        {isReversible && mayDo(page).lock && (
          <ActionLink label="Reverse" href={`/contributions/${documentId}/reverse`} icon="arrow-back-up" />
        )}
      </PageHeader>
      {reversedById !== null && <Notice text="This entry was reversed: together the two come to nothing." />}
      {reversesId !== null && (
        <Notice text="This entry reverses an earlier one: together they come to nothing." />
      )}
      <Columns kind="main">
        <div class="tb-stack tb-books">
          <Postings page={page} view={view} book="actual" />
          <Postings page={page} view={view} book="commitment" />
        </div>
        <Stack>
          <Facts page={page} view={view} />
          <Card title="What happened to the document">
            <History
              events={view.history}
              actions={documentActions}
              fields={{}}
              timeZone={pool.timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

const documentActions = {
  'pledge.signed': 'recorded the signed pledge',
  'contribution.received': 'recorded the contribution',
  'contribution.applied': 'changed what the contribution settles',
  'contribution.reversed': 'reversed the contribution',
  'grant.drafted': 'drafted the grant',
  'grant.proposed': 'proposed the grant',
  'grant.awarded': 'awarded the grant',
  'disbursement.proposed': 'asked for the payment',
  'disbursement.approved': 'approved the payment',
  'disbursement.settled': 'recorded the payment',
};

/** The postings in a book, currency by currency: each balances by itself. */
function Postings({ page, view, book }: Props & { book: Book }) {
  const ofBook = view.entry.postings.filter(({ account }) => account.book === book);
  const currencies = new Set(ofBook.map(({ account }) => account.currency));
  return (
    <>
      {[...currencies].map((currency) => (
        <PostingsIn
          page={page}
          poolId={view.pool.id}
          book={book}
          currency={currency}
          postings={ofBook.filter(({ account }) => account.currency === currency)}
        />
      ))}
    </>
  );
}

interface PostingsProps {
  page: PageContext;
  poolId: string;
  book: Book;
  currency: string;
  postings: readonly PostingRow[];
}

function PostingsIn({ page, poolId, book, currency, postings }: PostingsProps) {
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={localeOf(page)} />;
  const side = (minor: bigint) => (minor > 0n ? money(minor) : null);
  const { title, note } = books[book];
  // A book of an entry sums to zero, so its debits are what its credits are.
  const total = postings.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
  return (
    <Card title={`${title} book`} note={`${note}, in ${currency}`} flush>
      <Table
        caption={`Postings in the ${title.toLowerCase()} book, in ${currency}`}
        rows={postings}
        rowHref={({ account }) => `/pools/${poolId}/ledger?accountId=${account.id}`}
        columns={[
          { heading: 'Account', cell: ({ account }) => <AccountName account={account} />, foot: 'Total' },
          { heading: 'Debit', kind: 'number', cell: ({ amount }) => side(amount), foot: money(total) },
          { heading: 'Credit', kind: 'number', cell: ({ amount }) => side(-amount), foot: money(total) },
        ]}
      />
    </Card>
  );
}

function AccountName({ account: { kind, subject, earmark } }: { account: PostingRow['account'] }) {
  const of = [subject, earmark && `for ${earmark}`].filter(Boolean).join(', ');
  return (
    <>
      {accountKinds[kind].name}
      {of && <span class="tb-under">{of}</span>}
    </>
  );
}

function Facts({ page, view: { entry, pool } }: Props) {
  const locale = localeOf(page);
  const document = documentPath(entry.documentKind, entry.documentId);
  const link = (label: string, id: string | null) => id !== null && <a href={`/entries/${id}`}>{label}</a>;
  return (
    <Card title="The entry">
      <KeyValue
        pairs={[
          ['Occurred on', <DayText day={entry.occurredOn} today={pool.today} locale={locale} relative />],
          ['Recorded', <InstantText at={entry.recordedAt} timeZone={pool.timeZone} locale={locale} />],
          ['By', entry.recordedBy],
          ['Document', document ? <a href={document}>{`The ${entry.documentKind}`}</a> : entry.documentKind],
          ['Reversed by', link('The reversal', entry.reversedById)],
          ['Reverses', link('The earlier entry', entry.reversesId)],
          ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['Posted once as', <code>{entry.idempotencyKey}</code>],
        ]}
      />
    </Card>
  );
}
