import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { PageHeader, Pagination } from '../web/components/page-links.js';
import { StatusBadge, states } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { amountColumn } from './amounts.js';
import { type DisbursementQuery, disbursementStates } from './disbursement.dto.js';
import type { Disbursement } from './disbursements.read.js';
import { PaymentTabs } from './payment-run-page.js';

export interface AllPaymentsView {
  coalitionId: string;
  query: DisbursementQuery;
  payments: Page<Disbursement>;
  today: Day;
}

/** Every payment that was ever asked for, newest first. */
export function AllPaymentsPage({ page, view }: { page: PageContext; view: AllPaymentsView }) {
  const { coalitionId, query, payments, today } = view;
  const { items, total, nextCursor } = payments;
  const locale = page.person?.locale ?? 'en-GB';
  const home = `${coalitionPath(coalitionId, 'payments')}/all`;
  const filter = query.state === undefined ? '' : `state=${query.state}&`;
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts={plural(total, 'payment')} />
      <PaymentTabs coalitionId={coalitionId} current="all" />
      <Card
        title="All payments"
        actions={
          <a href={`/api/v1/coalitions/${coalitionId}/disbursements?${filter}format=csv`}>Export CSV</a>
        }
        flush
      >
        <nav class="tb-card-body tb-actions" aria-label="Show only">
          {[undefined, ...disbursementStates].map((state) => (
            <a
              class={state === query.state ? 'btn btn-sm btn-primary' : 'btn btn-sm'}
              aria-current={state === query.state ? 'true' : undefined}
              href={state === undefined ? home : `${home}?state=${state}`}
            >
              {state === undefined ? 'All' : states.disbursement[state][0]}
            </a>
          ))}
        </nav>
        <Table
          caption="Payments, newest first"
          rows={items}
          rowHref={({ id }) => `/disbursements/${id}`}
          rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
          empty={{
            icon: 'building-bank',
            title: query.state === undefined ? 'Nothing was asked for yet' : 'No payment is in this state',
            text: 'A payment begins when somebody asks to release an instalment that is due.',
          }}
          columns={[
            {
              heading: 'To',
              cell: ({ payee, grantReference, instalmentNumber }) => (
                <>
                  {payee}
                  <span class="tb-under">
                    {grantReference}, instalment {instalmentNumber}
                  </span>
                </>
              ),
            },
            { heading: 'State', cell: ({ state }) => <StatusBadge of="disbursement" state={state} /> },
            {
              heading: 'Due',
              wideOnly: true,
              cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} />,
            },
            {
              heading: 'Paid',
              wideOnly: true,
              cell: ({ paidOn }) => paidOn && <DayText day={paidOn} today={today} locale={locale} />,
            },
            { heading: 'Bank reference', wideOnly: true, cell: ({ bankReference }) => bankReference },
            { heading: 'Asked by', wideOnly: true, cell: ({ madeBy }) => madeBy },
            amountColumn(items, locale, { withTotal: false }),
          ]}
        />
        {total > items.length && (
          <Pagination
            shown={items.length}
            total={total}
            nextHref={nextCursor ? `${home}?${filter}cursor=${encodeURIComponent(nextCursor)}` : undefined}
            firstHref={query.cursor === undefined ? undefined : `${home}?${filter}`}
            locale={locale}
          />
        )}
      </Card>
    </Shell>
  );
}
