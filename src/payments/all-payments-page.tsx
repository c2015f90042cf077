import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
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
  /** Those that were granted something. */
  payees: { value: string; label: string }[];
  today: Day;
}

/** Every payment that was ever asked for, newest first. */
export function AllPaymentsPage({ page, view }: { page: PageContext; view: AllPaymentsView }) {
  const { coalitionId, query, payments, payees, today } = view;
  const { items, total } = payments;
  const locale = page.person?.locale ?? 'en-GB';
  const home = `${coalitionPath(coalitionId, 'payments')}/all`;
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts={plural(total, 'payment')} />
      <PaymentTabs coalitionId={coalitionId} current="all" />
      <ListCard
        page={page}
        title="All payments"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/disbursements`}
        query={query}
        list={payments}
        filters={[
          { kind: 'choice', name: 'organisationId', label: 'To', any: 'Everybody', options: payees },
          {
            kind: 'choice',
            name: 'state',
            label: 'State',
            any: 'All states',
            options: disbursementStates.map((state) => ({
              value: state,
              label: states.disbursement[state][0],
            })),
          },
          { kind: 'day', name: 'paidOn.gte', label: 'Paid from' },
          { kind: 'day', name: 'paidOn.lte', label: 'until' },
        ]}
      >
        <Table
          caption="Payments"
          rows={items}
          sorting={sortingOf(home, query, '-madeAt')}
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
              sort: 'dueOn',
              wideOnly: true,
              cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} />,
            },
            {
              heading: 'Paid',
              wideOnly: true,
              cell: ({ paidOn }) => paidOn && <DayText day={paidOn} today={today} locale={locale} />,
            },
            { heading: 'Bank reference', wideOnly: true, cell: ({ bankReference }) => bankReference },
            { heading: 'Asked by', sort: 'madeAt', wideOnly: true, cell: ({ madeBy }) => madeBy },
            amountColumn(items, locale, { withTotal: false }),
          ]}
        />
      </ListCard>
    </Shell>
  );
}
