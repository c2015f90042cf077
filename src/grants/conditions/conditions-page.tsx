import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { ConditionQuery } from './condition.dto.js';
import { conditionKinds, conditionStates, conditionText } from './condition.rules.js';
import { kindWords } from './condition-words.js';
import type { Condition } from './conditions.read.js';

export interface ConditionsView {
  coalitionId: string;
  conditions: Page<Condition>;
  query: ConditionQuery;
  partners: { value: string; label: string }[];
  today: Day;
}

/** What all grants of a coalition wait for, or waited for; a partner sees its own. */
export function ConditionsPage({ page, view }: { page: PageContext; view: ConditionsView }) {
  const { coalitionId, conditions, query, partners, today } = view;
  const home = `${coalitionPath(coalitionId)}/conditions`;
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Shell page={page}>
      <PageHeader title="Conditions" facts={plural(conditions.total, 'condition')} />
      <ListCard
        page={page}
        title="What must hold before grants are paid further"
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={conditions}
        filters={[
          {
            ...{ kind: 'choice', name: 'state', label: 'State', any: 'All states' },
            options: conditionStates.map((state) => ({ value: state, label: states.condition[state][0] })),
          },
          {
            ...{ kind: 'choice', name: 'kind', label: 'Kind', any: 'All kinds' },
            options: conditionKinds.map((kind) => ({ value: kind, label: kindWords[kind].label })),
          },
          {
            ...{ kind: 'choice', name: 'organisationId', label: 'Partner', any: 'All partners' },
            options: partners,
          },
          { kind: 'day', name: 'appliesFrom.gte', label: 'From' },
          { kind: 'day', name: 'appliesFrom.lte', label: 'until' },
        ]}
      >
        <Table
          caption="Conditions of all grants"
          rows={conditions.items}
          sorting={sortingOf(home, query, 'appliesFrom')}
          rowHref={({ id }) => `/conditions/${id}`}
          rowTone={({ state }) => (state === 'open' ? undefined : 'muted')}
          empty={{
            icon: 'checks',
            title: 'No condition is like that',
            text: 'A condition is added on the page of its grant: a report accepted, a document, match money, a decision or a day.',
          }}
          columns={[
            {
              heading: 'Before it is paid',
              cell: (condition) => conditionText(condition, condition.currency, locale),
            },
            {
              heading: 'Partner',
              sort: 'organisation',
              cell: ({ organisation, grantReference }) => (
                <>
                  {organisation}
                  <span class="tb-under">{grantReference}</span>
                </>
              ),
            },
            {
              heading: 'From',
              sort: 'appliesFrom',
              wideOnly: true,
              cell: ({ appliesFrom }) =>
                appliesFrom === null ? (
                  <span class="tb-quiet">none by itself</span>
                ) : (
                  <DayText day={appliesFrom} today={today} locale={locale} relative />
                ),
            },
            {
              heading: 'State',
              sort: 'state',
              cell: ({ state, isWaiverAsked }) => (
                <StatusBadge
                  of="condition"
                  state={state}
                  reason={isWaiverAsked ? 'waiver asked for' : undefined}
                />
              ),
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
