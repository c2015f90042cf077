import { PeopleTabs } from '../coalitions/people-tabs.js';
import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import type { Option } from '../web/forms/fields.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { ActivitiesQuery, ActivityAnswer } from './activity.dto.js';

export interface ActivitiesView {
  coalitionId: string;
  activities: Page<ActivityAnswer>;
  query: ActivitiesQuery;
  organisations: Option[];
  goals: Option[];
  today: Day;
}

/** What everybody in the coalition does, and towards which goals; what leads to none stands among it. */
export function ActivitiesPage({ page, view }: { page: PageContext; view: ActivitiesView }) {
  const { coalitionId, activities, query, today } = view;
  const home = `${coalitionPath(coalitionId)}/activities`;
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Shell page={page}>
      <PageHeader title="People" facts={plural(activities.total, 'activity', 'activities')} />
      <PeopleTabs coalitionId={coalitionId} current="activities" page={page} />
      <ListCard
        page={page}
        title="What they do"
        note="Activities change, goals stay. What is aligned with no goal is listed too"
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={activities}
        filters={[
          {
            kind: 'choice',
            name: 'organisationId',
            label: 'Organisation',
            any: 'All',
            options: view.organisations,
          },
          { kind: 'choice', name: 'goalId', label: 'Goal', any: 'Any', options: view.goals },
          {
            kind: 'choice',
            name: 'alignment',
            label: 'Aligned',
            any: 'With a goal or not',
            options: [
              { value: 'aligned', label: 'With a goal' },
              { value: 'unaligned', label: 'With none' },
            ],
          },
        ]}
      >
        <Table
          caption="Activities of the coalition’s organisations"
          rows={activities.items}
          rowHref={({ organisationId }) => `/organisations/${organisationId}/theory-of-change`}
          rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
          sorting={sortingOf(home, query, 'organisation')}
          empty={{
            icon: 'target',
            title: 'No activity here',
            text: 'Each organisation writes down what it does and what that brings about, on its own page.',
            action: { label: 'To the organisations', href: `${coalitionPath(coalitionId)}/organisations` },
          }}
          columns={[
            { heading: 'Organisation', sort: 'organisation', cell: ({ organisation }) => organisation },
            { heading: 'Activity', sort: 'name', cell: ({ name }) => name },
            { heading: 'Brings about', wideOnly: true, cell: ({ outcome }) => outcome },
            {
              heading: 'Towards',
              cell: ({ goals }) =>
                goals.length === 0 ? (
                  <span class="tb-quiet">no goal yet</span>
                ) : (
                  goals.map(({ name }) => name).join(', ')
                ),
            },
            {
              heading: 'Since',
              sort: 'sinceOn',
              wideOnly: true,
              cell: ({ sinceOn }) => <DayText day={sinceOn} today={today} locale={locale} />,
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
