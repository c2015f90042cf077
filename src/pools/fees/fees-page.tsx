import { formatAmount } from '../../maths/money.js';
import type { ListQuery, Page } from '../../platform/http/list.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { AmountField, HiddenField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { localeOf, mayDo, PoolFrame } from '../pool-frame.js';
import { feeText } from '../policy-words.js';
import type { PoolOfPage } from '../pool-view.js';
import type { FeePayment, OwedFees } from './fee-payments.read.js';

interface Props {
  page: PageContext;
  view: { pool: PoolOfPage; query: ListQuery; owed: OwedFees[]; payments: Page<FeePayment> };
  refusal?: Refusal;
}

/** What the host is owed, and what it was paid. */
export function FeesPage({ page, view, refusal }: Props) {
  const { pool, owed } = view;
  return (
    <PoolFrame page={page} pool={pool} current="fees">
      <p class="tb-lead">{feeText(pool, localeOf(page))}</p>
      {owed
        .filter((each) => each.owed > 0n)
        .map((each) => (
          <Owed page={page} pool={pool} owed={each} refusal={refusal} />
        ))}
      <Payments page={page} view={view} />
    </PoolFrame>
  );
}

function Owed({
  page,
  pool,
  owed: { hostId, host, owed, unasked },
  refusal,
}: {
  page: PageContext;
  pool: PoolOfPage;
  owed: OwedFees;
  refusal?: Refusal;
}) {
  const locale = localeOf(page);
  const isRefused = refusal?.values.hostId === hostId;
  const money = (minor: bigint) => moneyText(minor, pool.currency, locale);
  return (
    <Card title={`${host} is owed ${money(owed)}`} note={askedText(owed, unasked, money)}>
      {mayDo(page).lock && unasked > 0n ? (
        <Form
          action={`/pools/${pool.id}/fee-payments`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={isRefused ? refusal.values : { amount: formatAmount(unasked, pool.currency) }}
          errors={isRefused ? refusal.errors : undefined}
          detail={isRefused ? refusal.detail : undefined}
          submit="Ask to pay it"
        >
          <HiddenField name="hostId" value={hostId} />
          <AmountField name="amount" label="To pay" currency={pool.currency} help="Others approve it." />
        </Form>
      ) : (
        unasked > 0n && <p class="tb-field-help">Finance asks to pay it, and others approve.</p>
      )}
    </Card>
  );
}

function askedText(owed: bigint, unasked: bigint, money: (minor: bigint) => string): string | undefined {
  if (unasked === owed) return undefined;
  return unasked === 0n
    ? 'All of it is asked for already'
    : `${money(unasked)} of it nobody has asked to pay yet`;
}

function Payments({ page, view: { pool, query, payments } }: Props) {
  const home = `/pools/${pool.id}/fees`;
  const locale = localeOf(page);
  return (
    <ListCard
      page={page}
      title="Paid to the host"
      note={`${plural(payments.total, 'payment')}, in ${pool.currency}`}
      home={home}
      api={`/api/v1/pools/${pool.id}/fee-payments`}
      query={query}
      list={payments}
    >
      <Table
        caption={`Payments of fees, in ${pool.currency}`}
        rows={payments.items}
        rowHref={({ id }) => `/fee-payments/${id}`}
        rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
        sorting={sortingOf(home, query, '-madeAt')}
        empty={{
          icon: 'building-bank',
          title: 'The host was paid nothing yet',
          text: 'A fee is owed from the moment it is charged, and set aside from what can be paid out.',
        }}
        columns={[
          {
            heading: 'Host',
            cell: ({ host, bankReference }) => (
              <>
                {host}
                <span class="tb-under">{bankReference}</span>
              </>
            ),
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="refund" state={state} /> },
          {
            heading: 'Asked for',
            sort: 'madeAt',
            wideOnly: true,
            cell: ({ madeAt, madeBy }) => (
              <>
                <InstantText at={madeAt} timeZone={pool.timeZone} locale={locale} />
                <span class="tb-under">{madeBy}</span>
              </>
            ),
          },
          {
            heading: 'Amount',
            kind: 'number',
            sort: 'amount',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={pool.currency} locale={locale} />,
          },
        ]}
      />
    </ListCard>
  );
}
