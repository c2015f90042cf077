import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { BondFrame, localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { HeadroomCard } from './headroom-card.js';
import type { BondHeadroom } from './headroom.read.js';
import { invoiceStates, openOf } from './invoice.rules.js';
import type { InvoiceQuery, OutcomeInvoice } from './invoices.read.js';

export interface PayersView {
  bond: Bond;
  /** Null while nothing is signed. */
  headroom: BondHeadroom | null;
  invoices: Page<OutcomeInvoice>;
  query: InvoiceQuery;
  today: Day;
}

interface Props {
  page: PageContext;
  view: PayersView;
}

/** Who pays for outcomes: what is left under each cap, and what each was asked for. */
export function PayersPage({ page, view }: Props) {
  const { bond, headroom, invoices, query } = view;
  const home = `/bonds/${bond.id}/payers`;
  return (
    <BondFrame page={page} bond={bond} current="payers">
      <Stack>
        {headroom && <HeadroomCard page={page} bond={bond} headroom={headroom} />}
        <ListCard
          page={page}
          title="Outcome invoices"
          note={`${plural(invoices.total, 'invoice')}, in ${bond.currency}`}
          home={home}
          api={`/api/v1/bonds/${bond.id}/outcome-invoices`}
          query={query}
          filters={[
            {
              kind: 'choice',
              name: 'state',
              label: 'State',
              any: 'Any',
              options: invoiceStates.map((state) => ({
                value: state,
                label: states.outcomeInvoice[state][0],
              })),
            },
            {
              kind: 'choice',
              name: 'payerId',
              label: 'Payer',
              any: 'All',
              options: (headroom?.payers ?? []).map(({ payerId, payer }) => ({
                value: payerId,
                label: payer,
              })),
            },
            { kind: 'day', name: 'dueBy', label: 'Due by' },
          ]}
          list={invoices}
        >
          <List page={page} view={view} home={home} />
        </ListCard>
      </Stack>
    </BondFrame>
  );
}

function List({ page, view: { bond, invoices, query, today }, home }: Props & { home: string }) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  const isLate = (invoice: OutcomeInvoice) => invoice.dueOn < today && openOf(invoice) > 0n;
  return (
    <Table
      caption={`Invoices to the payers of ${bond.reference}, in ${bond.currency}`}
      rows={invoices.items}
      rowHref={({ id }) => `/outcome-invoices/${id}`}
      rowTone={(invoice) => (isLate(invoice) ? 'attention' : undefined)}
      sorting={sortingOf(home, query, '-issuedOn')}
      empty={{
        icon: 'receipt',
        title: 'No invoice',
        text: 'Payers are invoiced when a claim is verified, and by the schedule of a suspension.',
      }}
      columns={[
        {
          heading: 'Payer',
          sort: 'payer',
          cell: ({ payer, reference }) => (
            <>
              {payer}
              <span class="tb-under">{reference}</span>
            </>
          ),
        },
        {
          heading: 'State',
          cell: (invoice) => (
            <>
              <StatusBadge
                of="outcomeInvoice"
                state={isLate(invoice) ? 'late' : invoice.state}
                reason={isLate(invoice) && invoice.received > 0n ? 'partly paid' : undefined}
              />
              <span class="tb-under tb-narrow-only">
                due <DayText day={invoice.dueOn} today={today} locale={locale} />
              </span>
            </>
          ),
        },
        {
          heading: 'Issued',
          sort: 'issuedOn',
          wideOnly: true,
          cell: ({ issuedOn }) => <DayText day={issuedOn} today={today} locale={locale} />,
        },
        {
          heading: 'Due',
          sort: 'dueOn',
          wideOnly: true,
          cell: (invoice) => (
            <DayText day={invoice.dueOn} today={today} locale={locale} relative={openOf(invoice) > 0n} />
          ),
        },
        { heading: 'Amount', kind: 'number', sort: 'amount', cell: ({ amount }) => money(amount) },
        {
          heading: 'Received',
          kind: 'number',
          wideOnly: true,
          cell: ({ received }) => money(received),
        },
      ]}
    />
  );
}
