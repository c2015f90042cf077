import type { Day } from '../maths/day.js';
import type { Page } from '../platform/http/list.js';
import { ActionLink } from '../web/components/actions.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import { states, StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { DecisionsQuery } from './decision.dto.js';
import { type DecisionState, decisionStates, referenceOf } from './decision.rules.js';
import type { DecisionRow } from './decisions.read.js';

export interface DecisionsView {
  coalitionId: string;
  decisions: Page<DecisionRow>;
  counts: { state: DecisionState; count: number }[];
  query: DecisionsQuery;
  today: Day;
}

/** What the coalition's people decide, and decided. */
export function DecisionsPage({ page, view }: { page: PageContext; view: DecisionsView }) {
  const { coalitionId, counts, query, decisions, today } = view;
  const home = coalitionPath(coalitionId, 'decisions');
  const all = counts.reduce((total, { count }) => total + count, 0);
  const isBackbone = page.coalition?.roles.includes('backbone') ?? false;
  const tabOf = (of: DecisionState) => `${home}?state=${of}`;
  return (
    <Shell page={page}>
      <PageHeader title="Decisions" facts={plural(all, 'decision')}>
        {isBackbone && (
          <ActionLink label="Draft a motion" href={`${home}/new`} icon="plus" weight="primary" />
        )}
        <ActionLink label="Conflict register" href={`${coalitionPath(coalitionId)}/interests`} icon="users" />
        {isBackbone && (
          <ActionLink
            label="Who votes"
            href={`${coalitionPath(coalitionId)}/decision-settings`}
            icon="settings"
          />
        )}
      </PageHeader>
      {all > 0 && (
        <Tabs
          label="Decisions by state"
          current={query.state ? tabOf(query.state as DecisionState) : home}
          tabs={[
            { label: 'All', href: home, count: all },
            ...decisionStates.flatMap((of) => {
              const count = counts.find((one) => one.state === of)?.count ?? 0;
              return count > 0 || of === query.state
                ? [{ label: states.decision[of][0], href: tabOf(of), count }]
                : [];
            }),
          ]}
        />
      )}
      <ListCard
        page={page}
        title="What was put to the vote"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/decisions`}
        query={query}
        list={decisions}
      >
        <Table
          caption="Decisions of the coalition"
          rows={decisions.items}
          rowHref={({ id }) => `/decisions/${id}`}
          rowTone={({ state }) => (state === 'withdrawn' ? 'muted' : undefined)}
          sorting={sortingOf(home, query, '-number')}
          empty={{
            icon: 'gavel',
            title: 'Nothing was put to the vote yet',
            text: 'The backbone drafts a motion and opens the vote; the coalition’s people decide.',
            action: isBackbone ? { label: 'Draft a motion', href: `${home}/new` } : undefined,
          }}
          columns={[
            { heading: 'No.', sort: 'number', cell: ({ number }) => referenceOf(number) },
            { heading: 'Motion', sort: 'title', cell: ({ title }) => title },
            { heading: 'State', cell: ({ state }) => <StatusBadge of="decision" state={state} /> },
            {
              heading: 'Voted',
              kind: 'number',
              cell: ({ state, voted, entitled }) => (state === 'draft' ? '' : `${voted} of ${entitled}`),
            },
            {
              heading: 'Last day',
              sort: 'closesOn',
              wideOnly: true,
              cell: ({ closesOn, state }) => (
                <DayText
                  day={closesOn}
                  today={today}
                  locale={page.person?.locale ?? 'en-GB'}
                  relative={state === 'open'}
                />
              ),
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
