import type { Day } from '../maths/day.js';
import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { PageHeader, Pagination } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { GoalAnswer } from './goal.dto.js';

export interface GoalsView {
  coalitionId: string;
  goals: (GoalAnswer & { grants: number })[];
  total: number;
  nextCursor: string | null;
  isFirst: boolean;
  today: Day;
}

/** The goals of a coalition, nearest horizon first. */
export function GoalsPage({ page, view }: { page: PageContext; view: GoalsView }) {
  const { coalitionId, goals, total, nextCursor, isFirst, today } = view;
  const home = coalitionPath(coalitionId, 'goals');
  const locale = page.person?.locale ?? 'en-GB';
  const mayAdd = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader title="Goals" facts={plural(total, 'goal')}>
        {mayAdd && <ActionLink label="Add a goal" href={`${home}/new`} icon="plus" weight="primary" />}
      </PageHeader>
      <Card
        title="What the coalition pursues"
        actions={<a href={`/api/v1/coalitions/${coalitionId}/goals?format=csv`}>Export CSV</a>}
        flush
      >
        <Table
          caption="Goals, nearest horizon first"
          rows={goals}
          rowHref={({ id }) => `/goals/${id}`}
          empty={{
            icon: 'target',
            title: 'No goal yet',
            text: 'A goal is a long-term result. Grants name the goals they work towards, and spending is reported by goal.',
            action: mayAdd ? { label: 'Add the first goal', href: `${home}/new` } : undefined,
          }}
          columns={[
            { heading: 'Goal', cell: ({ name }) => name },
            {
              heading: 'Horizon',
              cell: ({ horizonOn }) => <DayText day={horizonOn} today={today} locale={locale} relative />,
            },
            {
              heading: 'Grants towards it',
              kind: 'number',
              cell: ({ grants }) => (grants === 0 ? <span class="tb-quiet">none</span> : grants),
            },
          ]}
        />
        {total > goals.length && (
          <Pagination
            shown={goals.length}
            total={total}
            nextHref={nextCursor ? `${home}?cursor=${encodeURIComponent(nextCursor)}` : undefined}
            firstHref={isFirst ? undefined : home}
            locale={locale}
          />
        )}
      </Card>
    </Shell>
  );
}
