import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { PageHeader } from '../../web/components/page-links.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { IndicatorTiles, MeasureTables } from './scorecard-cards.js';
import type { GoalScore, Scorecard } from './scorecard.read.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  scorecard: Scorecard;
}

/** Where the goals of a coalition stand: the curves of the population first, the programmes below and apart. */
export function ScorecardPage({ page, coalitionId, scorecard }: Props) {
  const { goals } = scorecard;
  const curves = goals.flatMap(({ indicators }) => indicators);
  const onTrack = curves.filter(({ standing }) => standing?.colour === 'green').length;
  const late = goals
    .flatMap(({ indicators, measures }) => [...indicators, ...measures])
    .filter(({ unread }) => unread.some(({ isLate }) => isLate)).length;
  const facts = [
    plural(goals.length, 'goal'),
    plural(curves.length, 'indicator'),
    `${onTrack} on track`,
    ...(late > 0 ? [`readings late for ${late}`] : []),
  ];
  return (
    <Shell page={page}>
      <PageHeader title="Scorecard" facts={facts.join(' · ')}>
        <ActionLink label="All goals" href={coalitionPath(coalitionId, 'goals')} />
      </PageHeader>
      {goals.length === 0 && (
        <Card>
          <EmptyState
            icon="target"
            title="No goal yet"
            text="A goal is a long-term result. Its indicators say whether it comes about."
          />
        </Card>
      )}
      {goals.map((goal) => (
        <GoalCard page={page} goal={goal} scorecard={scorecard} />
      ))}
    </Shell>
  );
}

function GoalCard({
  page,
  goal,
  scorecard: { today },
}: {
  page: PageContext;
  goal: GoalScore;
  scorecard: Scorecard;
}) {
  const locale = page.person?.locale ?? 'en-GB';
  const mayAdd = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Card
      title={goal.name}
      note={
        <>
          {goal.description} By <DayText day={goal.horizonOn} today={today} locale={locale} />
        </>
      }
      actions={<a href={`/goals/${goal.id}`}>Open the goal</a>}
    >
      {goal.indicators.length === 0 ? (
        <EmptyState
          icon="target"
          title="No indicator yet"
          text="An indicator measures the whole population that the goal is about."
          action={
            mayAdd ? { label: 'Add an indicator', href: `/goals/${goal.id}/indicators/new` } : undefined
          }
        />
      ) : (
        <IndicatorTiles curves={goal.indicators} today={today} locale={locale} />
      )}
      {goal.measures.length > 0 && (
        <section class="tb-apart" aria-label="Performance measures">
          <h3>Performance measures</h3>
          <p class="tb-quiet">
            Of single programmes. They show what those contribute; they do not add up to the indicators.
          </p>
          <MeasureTables curves={goal.measures} locale={locale} />
        </section>
      )}
    </Card>
  );
}
