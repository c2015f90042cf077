import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import type { Delegation } from '../pools/approvals/delegations.service.js';
import { ActionButton } from '../web/components/actions.js';
import { Card, Columns } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { PageHeader, Rest } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { ChoiceField, DayField, type Option, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';

export interface DelegationsView {
  coalitionId: string;
  delegations: Page<Delegation>;
  /** Who could sign in the reader's stead. */
  people: Option[];
  personId: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: DelegationsView;
  refusal?: Refusal;
}

/** Who signs in whose stead, and letting somebody do so while one is away. */
export function DelegationsPage({ page, view, refusal }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const list = `/api/v1/coalitions/${view.coalitionId}/delegations?format=csv`;
  const mayDelegate = page.coalition?.roles.includes('approver') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title="Who signs in whose stead"
        facts="An approver who is away names somebody, for some days"
      />
      <Columns kind="main">
        <Card
          title="Delegations"
          note="A request is signed once for each seat, never by who asked for it"
          actions={<a href={list}>Export CSV</a>}
          flush
        >
          <Delegations page={page} view={view} locale={locale} />
          <Rest
            count={view.delegations.total - view.delegations.items.length}
            href={list}
            label="Export all of them"
          />
        </Card>
        {mayDelegate && (
          <Card title="While I am away">
            <Form
              action={`/coalitions/${view.coalitionId}/delegations`}
              csrf={page.csrf}
              locale={locale}
              values={refusal?.values ?? { sinceOn: view.today }}
              errors={refusal?.errors}
              detail={refusal?.detail}
              submit="Let them sign in my stead"
            >
              <ChoiceField
                name="delegateId"
                label="Who signs"
                options={view.people}
                placeholder="Choose a person"
              />
              <DayField name="sinceOn" label="From" />
              <DayField name="untilOn" label="Through" min={view.today} help="The last day." />
              <TextField name="reason" label="Why" maxLength={500} placeholder="On leave" />
            </Form>
          </Card>
        )}
      </Columns>
    </Shell>
  );
}

function Delegations({ page, view, locale }: Props & { locale: string }) {
  const day = (on: Day) => <DayText day={on} today={view.today} locale={locale} />;
  return (
    <Table
      caption="Delegations, newest first"
      rows={view.delegations.items}
      rowTone={(each) => (periodOf(each, view.today) === 'ended' ? 'muted' : undefined)}
      empty={{
        icon: 'signature',
        title: 'Everybody signs for themselves',
        text: 'An approver who goes away lets somebody sign in their stead, so that payments do not wait.',
      }}
      columns={[
        {
          heading: 'Who signs',
          cell: ({ delegate, delegator, reason }) => (
            <>
              {delegate} for {delegator}
              <span class="tb-under">{reason}</span>
            </>
          ),
        },
        { heading: 'From', wideOnly: true, cell: ({ sinceOn }) => day(sinceOn) },
        { heading: 'Through', cell: ({ untilOn }) => day(untilOn) },
        {
          heading: 'Standing',
          cell: (each) => <StatusBadge of="period" state={periodOf(each, view.today)} />,
        },
        {
          heading: 'End it',
          kind: 'actions',
          cell: (each) =>
            each.delegatorId === view.personId &&
            periodOf(each, view.today) !== 'ended' && (
              <ActionButton small label="End it" action={`/delegations/${each.id}/end`} csrf={page.csrf} />
            ),
        },
      ]}
    />
  );
}

function periodOf({ sinceOn, untilOn, endedAt }: Delegation, today: Day): 'upcoming' | 'serving' | 'ended' {
  if (endedAt !== null || untilOn < today) return 'ended';
  return sinceOn > today ? 'upcoming' : 'serving';
}
