import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { PageHeader } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { InboxApproval } from '../pools/approvals/approvals.read.js';

interface Props {
  page: PageContext;
  inbox: InboxApproval[];
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What waits for my decision in all my coalitions, then what waits for others, then what was decided. */
export function ApprovalsPage({ page, inbox }: Props) {
  const at = (place: InboxApproval['place']) => inbox.filter((approval) => approval.place === place);
  const mine = at('mine');
  const facts =
    mine.length === 0 ? 'Nothing waits for you' : `${plural(mine.length, 'request')} for you to decide on`;
  return (
    <Shell page={page}>
      <PageHeader title="Approvals" facts={facts}>
        <ActionLink label="All requests" href="/approvals/all" />
      </PageHeader>
      <Card title="For you to decide" flush>
        <Table
          caption="Requests that wait for you, oldest first"
          rows={mine}
          rowHref={hrefOf}
          rowTone={() => 'attention'}
          empty={{
            icon: 'circle-check',
            title: 'Nothing waits for you',
            text: 'When somebody asks to release a payment, or to unlock a period, those with an approver’s seat decide here.',
          }}
          columns={[what, where, ...asked(page), signed]}
        />
      </Card>
      {at('others').length > 0 && (
        <Card title="For others to decide" note="Asked for by you, signed by you, or not yours to sign" flush>
          <Table
            caption="Requests that wait for others"
            rows={at('others')}
            rowHref={hrefOf}
            columns={[what, where, ...asked(page), signed]}
          />
        </Card>
      )}
      {at('ended').length > 0 && (
        <Card title="Decided" flush>
          <Table
            caption="Requests that were decided, newest first"
            rows={at('ended')}
            rowHref={hrefOf}
            columns={[
              what,
              where,
              ...asked(page),
              { heading: 'Outcome', cell: ({ state }) => <StatusBadge of="approval" state={state} /> },
            ]}
          />
        </Card>
      )}
    </Shell>
  );
}

const hrefOf = ({ id }: InboxApproval): string => `/approvals/${id}`;

const what: Column<InboxApproval> = {
  heading: 'What is asked for',
  cell: ({ summary, place, inSteadOf }) => (
    <>
      {summary}
      {place === 'mine' && inSteadOf && <span class="tb-under">in the stead of {inSteadOf}</span>}
    </>
  ),
};

const where: Column<InboxApproval> = {
  heading: 'Coalition',
  wideOnly: true,
  cell: ({ coalitionName, poolName }) => (
    <>
      {coalitionName}
      {poolName && <span class="tb-under">{poolName}</span>}
    </>
  ),
};

const asked = (page: PageContext): Column<InboxApproval>[] => [
  { heading: 'Asked by', wideOnly: true, cell: ({ madeByName }) => madeByName },
  {
    heading: 'Asked',
    wideOnly: true,
    cell: ({ madeAt, timeZone }) => <InstantText at={madeAt} timeZone={timeZone} locale={localeOf(page)} />,
  },
];

const signed: Column<InboxApproval> = {
  heading: 'Approved by',
  cell: ({ given, required }) => `${given} of ${required}`,
};
