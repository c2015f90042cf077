import type { Day } from '../maths/day.js';
import type { HistoryEvent } from '../platform/audit/history.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
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
import { IndicatorTiles, MeasureTables } from './scorecard/scorecard-cards.js';
import type { GoalScore } from './scorecard/scorecard.read.js';
import type { GoalVersion } from './versions/goal-versions.js';
import { VersionsCard } from './versions/versions-card.js';

export interface GoalView {
  goal: GoalAnswer;
  /** The first of them; how many there are in all. */
  grants: GoalGrant[];
  grantsInAll: number;
  history: HistoryEvent[];
  versions: GoalVersion[];
  /** Where its indicators and performance measures stand. */
  score: GoalScore;
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
      <Indicators page={page} view={view} />
      <Measures page={page} view={view} />
      <Columns kind="main">
        <GrantsTowards page={page} view={view} />
        <Stack>
          <CardsOfLaterRooms page={page} />
          <VersionsCard versions={view.versions} today={today} timeZone={timeZone} locale={locale} />
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

function Indicators({ page, view: { goal, score, today } }: Props) {
  const add = page.coalition?.roles.includes('backbone') ? `/goals/${goal.id}/indicators/new` : null;
  return (
    <Card
      title="Indicators"
      id="indicators"
      note="Of the whole population that the goal is about"
      actions={add && <ActionLink label="Add an indicator" href={add} small icon="plus" />}
    >
      {score.indicators.length === 0 ? (
        <p class="tb-quiet">None yet. An indicator says whether life is becoming as the goal says.</p>
      ) : (
        <IndicatorTiles curves={score.indicators} today={today} locale={localeOf(page)} />
      )}
    </Card>
  );
}

function Measures({ page, view: { goal, score } }: Props) {
  const add = page.coalition?.roles.includes('backbone')
    ? `/goals/${goal.id}/performance-measures/new`
    : null;
  return (
    <Card
      title="Performance measures"
      id="performance-measures"
      note="Of single programmes: what they contribute. They do not add up to the indicators"
      actions={add && <ActionLink label="Add a performance measure" href={add} small icon="plus" />}
      flush
    >
      {score.measures.length === 0 ? (
        <p class="tb-quiet tb-card-body">
          None yet. They ask how much is done, how well, and whether anyone is better off.
        </p>
      ) : (
        <MeasureTables curves={score.measures} locale={localeOf(page)} />
      )}
    </Card>
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
