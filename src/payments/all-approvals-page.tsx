import type { Page } from '../platform/http/list.js';
import type { ApprovalQuery } from '../pools/approvals/approval.dto.js';
import { approvalStates, type SubjectKind, subjectKinds } from '../pools/approvals/approval.rules.js';
import type { Approval } from '../pools/approvals/approvals.service.js';
import { InstantText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
import { states, StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';

/** What can be asked for, as the filter calls it. */
const kindNames: Record<SubjectKind, string> = {
  refund: 'A refund to funders',
  feePayment: 'A payment to the host',
  disbursement: 'The release of a payment',
  periodUnlock: 'The unlocking of a period',
  amendment: 'An amendment of a grant',
  grantClosure: 'The closing of a grant',
  conditionWaiver: 'A waiver of a condition',
  bankAccount: 'A payee’s bank account',
  poolAccount: 'The account of a pool',
  paymentBatch: 'The release of a batch',
  bondContract: 'An outcome bond’s contract',
  providerAdvance: 'Advance to a provider',
  distribution: 'Distribution of a bond',
  bondClosing: 'Closing of a bond',
  outcomeCancellation: 'Cancellation of an outcome invoice',
  bondSuspension: 'Suspension of a bond',
};

export interface AllApprovalsView {
  approvals: Page<Approval>;
  query: ApprovalQuery;
}

/** Everything that was ever asked for in the coalitions that a person oversees. */
export function AllApprovalsPage({ page, view }: { page: PageContext; view: AllApprovalsView }) {
  const { approvals, query } = view;
  const home = '/approvals/all';
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Shell page={page}>
      <PageHeader title="All requests" facts={plural(approvals.total, 'request')} />
      <ListCard
        page={page}
        title="What was asked for, and what was decided"
        home={home}
        api="/api/v1/approvals"
        query={query}
        list={approvals}
        filters={[
          {
            ...{ kind: 'choice', name: 'state', label: 'State', any: 'All states' },
            options: approvalStates.map((state) => ({ value: state, label: states.approval[state][0] })),
          },
          {
            ...{ kind: 'choice', name: 'subjectKind', label: 'What', any: 'Everything' },
            options: subjectKinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
          },
        ]}
      >
        <Table
          caption="Requests for approval"
          rows={approvals.items}
          sorting={sortingOf(home, query, 'madeAt')}
          rowHref={({ id }) => `/approvals/${id}`}
          rowTone={({ state }) => (state === 'void' ? 'muted' : undefined)}
          empty={{
            icon: 'circle-check',
            title: 'No request is like that',
            text: 'What moves money, or changes where it goes, is asked for by one person and decided by others.',
          }}
          columns={[
            { heading: 'What is asked for', sort: 'summary', cell: ({ summary }) => summary },
            { heading: 'Asked by', wideOnly: true, cell: ({ madeByName }) => madeByName },
            {
              heading: 'Asked (UTC)',
              sort: 'madeAt',
              wideOnly: true,
              cell: ({ madeAt }) => <InstantText at={madeAt} timeZone="UTC" locale={locale} />,
            },
            {
              heading: 'Approved by',
              kind: 'number',
              wideOnly: true,
              cell: ({ given, required }) => `${given} of ${required}`,
            },
            { heading: 'Outcome', cell: ({ state }) => <StatusBadge of="approval" state={state} /> },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
