import type { Day } from '../maths/day.js';
import { ActionLink } from '../web/components/actions.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { Page } from '../platform/http/list.js';
import type { GoalAnswer, GoalsQuery } from './goal.dto.js';

export interface GoalsView {
  coalitionId: string;
  goals: Page<GoalAnswer>;
  /** How many grants work towards each, of those that the reader may see. */
  grants: ReadonlyMap<string, number>;
  query: GoalsQuery;
  today: Day;
}

/** The goals of a coalition, nearest horizon first. */
export function GoalsPage({ page, view }: { page: PageContext; view: GoalsView }) {
  const { coalitionId, goals, grants, query, today } = view;
  const isNarrowed =
    query.name !== undefined || query['horizonOn.gte'] !== undefined || query['horizonOn.lte'] !== undefined;
  const home = coalitionPath(coalitionId, 'goals');
  const locale = page.person?.locale ?? 'en-GB';
  const mayAdd = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader title="Goals" facts={plural(goals.total, 'goal')}>
        <ActionLink label="Scorecard" href={`/coalitions/${coalitionId}/scorecard`} icon="target" />
        {mayAdd && <ActionLink label="Add a goal" href={`${home}/new`} icon="plus" weight="primary" />}
      </PageHeader>
      <ListCard
        page={page}
        title="What the coalition pursues"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/goals`}
        query={query}
        list={goals}
        filters={[
          { kind: 'text', name: 'name', label: 'Name contains' },
          { kind: 'day', name: 'horizonOn.gte', label: 'Horizon from' },
          { kind: 'day', name: 'horizonOn.lte', label: 'until' },
        ]}
      >
        <Table
          caption="Goals of the coalition"
          rows={goals.items}
          sorting={sortingOf(home, query, 'horizonOn')}
          rowHref={({ id }) => `/goals/${id}`}
          empty={{
            icon: 'target',
            title: isNarrowed ? 'No goal is like that' : 'No goal yet',
            text: 'A goal is a long-term result. Grants name the goals they work towards, and spending is reported by goal.',
            action: mayAdd ? { label: 'Add the first goal', href: `${home}/new` } : undefined,
          }}
          columns={[
            { heading: 'Goal', sort: 'name', cell: ({ name }) => name },
            {
              heading: 'Horizon',
              sort: 'horizonOn',
              cell: ({ horizonOn }) => <DayText day={horizonOn} today={today} locale={locale} relative />,
            },
            {
              heading: 'Grants towards it',
              kind: 'number',
              cell: ({ id }) =>
                grants.has(id) ? (
                  <a href={`${coalitionPath(coalitionId, 'grants')}?goalId=${id}`}>{grants.get(id)}</a>
                ) : (
                  <span class="tb-quiet">none</span>
                ),
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
