import type { Day } from '../maths/day.js';
import type { HistoryEvent } from '../platform/audit/history.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { History } from '../web/components/history.js';
import { Money } from '../web/components/money.js';
import { PageHeader, Rest } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { GoalGrant } from './goal-work.js';
import type { GoalAnswer } from './goal.dto.js';

export interface GoalView {
  goal: GoalAnswer;
  /** The first of them; how many there are in all. */
  grants: GoalGrant[];
  grantsInAll: number;
  history: HistoryEvent[];
  timeZone: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: GoalView;
}

/** A goal: what it says, the grants that work towards it, and how it came to say that. */
export function GoalPage({ page, view }: Props) {
  const { goal, history, timeZone, today } = view;
  const locale = localeOf(page);
  const mayChange = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title={goal.name}
        facts={
          <span>
            By <DayText day={goal.horizonOn} today={today} locale={locale} relative />
          </span>
        }
      >
        {mayChange && <ActionLink label="Change" href={`/goals/${goal.id}/edit`} icon="pencil" />}
      </PageHeader>
      {goal.description && <p class="tb-lead">{goal.description}</p>}
      <Columns kind="main">
        <GrantsTowards page={page} view={view} />
        <Stack>
          <Card title="What happened">
            <History
              events={history}
              actions={{ 'goal.added': 'added the goal', 'goal.changed': 'changed the goal' }}
              fields={{ name: 'name', description: 'description', horizonOn: 'horizon' }}
              timeZone={timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

function GrantsTowards({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card
      title="Grants that work towards it"
      note="A grant may work towards several goals; spent is what accepted reports say of this one"
      flush
    >
      <Table
        caption="Grants that work towards this goal"
        rows={view.grants}
        rowHref={({ id }) => `/grants/${id}`}
        empty={{
          icon: 'heart-handshake',
          title: 'No grant works towards it yet',
          text: 'A grant names its goals when it is drafted. Its reports then say what was spent on each.',
        }}
        columns={[
          { heading: 'Grant', cell: ({ title }) => title },
          { heading: 'Partner', wideOnly: true, cell: ({ organisationName }) => organisationName },
          { heading: 'State', wideOnly: true, cell: ({ state }) => <StatusBadge of="grant" state={state} /> },
          {
            heading: 'Award',
            kind: 'number',
            cell: ({ amount, currency }) => <Money minor={amount} currency={currency} locale={locale} />,
          },
          {
            heading: 'Spent on it',
            kind: 'number',
            cell: ({ spent, currency }) => <Money minor={spent} currency={currency} locale={locale} />,
          },
        ]}
      />
      <Rest
        count={view.grantsInAll - view.grants.length}
        href={`${coalitionPath(view.goal.coalitionId, 'grants')}?goalId=${view.goal.id}`}
        label="All grants that work towards it"
      />
    </Card>
  );
}
