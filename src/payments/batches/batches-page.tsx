import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { PageHeader, Pagination } from '../../web/components/page-links.js';
import { StatusBadge, states } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { countText, plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { amountColumn } from '../amounts.js';
import { PaymentTabs } from '../payment-run-page.js';
import type { BatchQuery } from './batch.dto.js';
import { batchStates } from './batch.rules.js';
import type { Batch } from './batches.read.js';

export interface BatchesView {
  coalitionId: string;
  query: BatchQuery;
  batches: Page<Batch>;
  today: Day;
}

/** Every batch of a coalition, newest first. */
export function BatchesPage({ page, view }: { page: PageContext; view: BatchesView }) {
  const { coalitionId, query, batches, today } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const home = `${coalitionPath(coalitionId, 'payments')}/batches`;
  const filter = query.state === undefined ? '' : `state=${query.state}&`;
  const rows = batches.items.map((batch) => ({ ...batch, amount: batch.total }));
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts={plural(batches.total, 'batch', 'batches')} />
      <PaymentTabs coalitionId={coalitionId} current="batches" />
      <Card title="Batches" note="Approved payments that go to the bank in one file" flush>
        <nav class="tb-card-body tb-actions" aria-label="Show only">
          {[undefined, ...batchStates].map((state) => (
            <a
              class={state === query.state ? 'btn btn-sm btn-primary' : 'btn btn-sm'}
              aria-current={state === query.state ? 'true' : undefined}
              href={state === undefined ? home : `${home}?state=${state}`}
            >
              {state === undefined ? 'All' : states.paymentBatch[state][0]}
            </a>
          ))}
        </nav>
        <Table
          caption="Payment batches, newest first"
          rows={rows}
          rowHref={({ id }) => `/payment-batches/${id}`}
          rowTone={({ state }) => (state === 'withdrawn' ? 'muted' : undefined)}
          empty={{
            icon: 'building-bank',
            title: query.state === undefined ? 'No batch yet' : 'No batch is in this state',
            text: 'Choose approved payments under way, and gather them into a batch: the bank gets one file for all.',
          }}
          columns={[
            {
              heading: 'Batch',
              cell: ({ number, pool }) => (
                <>
                  Batch {number}
                  <span class="tb-under">{pool}</span>
                </>
              ),
            },
            { heading: 'State', cell: ({ state }) => <StatusBadge of="paymentBatch" state={state} /> },
            {
              heading: 'Bank pays on',
              wideOnly: true,
              cell: ({ executionOn }) => <DayText day={executionOn} today={today} locale={locale} relative />,
            },
            {
              heading: 'Payments',
              kind: 'number',
              wideOnly: true,
              cell: ({ count, paidCount }) =>
                paidCount > 0 && paidCount < count
                  ? `${paidCount} of ${count} paid`
                  : countText(count, locale),
            },
            { heading: 'Made by', wideOnly: true, cell: ({ madeBy }) => madeBy },
            amountColumn(rows, locale, { withTotal: false }),
          ]}
        />
        {batches.total > rows.length && (
          <Pagination
            shown={rows.length}
            total={batches.total}
            nextHref={
              batches.nextCursor
                ? `${home}?${filter}cursor=${encodeURIComponent(batches.nextCursor)}`
                : undefined
            }
            firstHref={query.cursor === undefined ? undefined : `${home}?${filter}`}
            locale={locale}
          />
        )}
      </Card>
    </Shell>
  );
}
