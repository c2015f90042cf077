import type { ListQuery, Page } from '../../platform/http/list.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey } from '../../web/pages.js';
import { localeOf, mayDo, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';
import type { BankCharge } from './bank-charges.read.js';

interface Props {
  page: PageContext;
  view: {
    pool: PoolOfPage;
    query: ListQuery;
    charges: Page<BankCharge>;
    total: bigint;
    exchangeLoss: bigint;
  };
}

/** What the bank took for its services. */
export function BankChargesPage({ page, view: { pool, query, charges, total, exchangeLoss } }: Props) {
  const home = `/pools/${pool.id}/bank-charges`;
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <PoolFrame
      page={page}
      pool={pool}
      current="charges"
      actions={
        mayDo(page).lock && (
          <ActionLink label="Record a bank charge" href={`${home}/new`} icon="plus" weight="primary" />
        )
      }
    >
      {exchangeLoss !== 0n && <Difference page={page} pool={pool} exchangeLoss={exchangeLoss} />}
      <ListCard
        page={page}
        title="Bank charges"
        note={`${plural(charges.total, 'charge')}, in ${pool.currency}`}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={charges}
      >
        <Table
          caption={`Bank charges, in ${pool.currency}`}
          rows={charges.items}
          rowHref={({ id }) => `/bank-charges/${id}`}
          rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
          sorting={sortingOf(home, query, '-takenOn')}
          empty={{
            icon: 'receipt',
            title: 'The bank has taken nothing yet',
            text: 'A charge of the bank is borne by all who have unrestricted money in the pool, by what each has left.',
          }}
          columns={[
            {
              heading: 'Charge',
              cell: ({ bankReference, note, reversalReason }) => (
                <>
                  {bankReference}
                  <span class="tb-under">
                    {note}
                    {reversalReason !== null && ' reversed'}
                  </span>
                </>
              ),
              foot: 'Total',
            },
            {
              heading: 'Taken',
              sort: 'takenOn',
              cell: ({ takenOn }) => <DayText day={takenOn} today={pool.today} locale={locale} />,
            },
            {
              heading: 'Amount',
              sort: 'amount',
              kind: 'number',
              cell: ({ amount }) => money(amount),
              foot: money(total),
            },
          ]}
        />
      </ListCard>
    </PoolFrame>
  );
}

/** What the currencies of payments cost or brought, until it is shared. */
function Difference({
  page,
  pool,
  exchangeLoss,
}: {
  page: PageContext;
  pool: PoolOfPage;
  exchangeLoss: bigint;
}) {
  const isLoss = exchangeLoss > 0n;
  const money = moneyText(isLoss ? exchangeLoss : -exchangeLoss, pool.currency, localeOf(page));
  return (
    <Card
      title={`Exchange ${isLoss ? 'loss' : 'gain'} of ${money}`}
      note="Of payments in other currencies, kept apart until it is shared among the funders"
    >
      {mayDo(page).lock && (
        <ActionButton
          csrf={page.csrf}
          idempotencyKey={newIdempotencyKey()}
          action={`/pools/${pool.id}/exchange-differences/share`}
          label="Share it by what each funder has left"
        />
      )}
    </Card>
  );
}
