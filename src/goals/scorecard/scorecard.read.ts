import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Curve, curvesOf } from '../curve/curves.js';
import { seriesOf } from '../series/series.read.js';
import type { SeriesKind } from '../series/series.js';

/** A goal with its curves: those of its indicators, and apart from them those of its performance measures. */
export interface GoalScore {
  id: string;
  name: string;
  description: string;
  horizonOn: Day;
  indicators: Curve[];
  measures: Curve[];
}

export interface Scorecard {
  goals: GoalScore[];
  today: Day;
  timeZone: string;
}

const most = 200;

/** Where the goals of a coalition stand (or one of them); what is retired is left out. */
export async function readScorecard(
  tx: Tx,
  coalitionId: string,
  goalId: string | null = null,
): Promise<Scorecard> {
  const { today, timeZone } = await coalitionCalendar(tx, coalitionId);
  const goals = await tx.rows<Omit<GoalScore, 'indicators' | 'measures'>>(
    `SELECT id, name, description, horizon_on AS "horizonOn" FROM goals
     WHERE coalition_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY horizon_on, id LIMIT ${most}`,
    [coalitionId, goalId],
  );
  const curves = async (kind: SeriesKind) => {
    const living = (await seriesOf(tx, kind, { coalitionId, goalId })).filter(
      ({ retiredAt }) => retiredAt === null,
    );
    return curvesOf(tx, kind, living, { today, timeZone });
  };
  const [indicators, measures] = [await curves('indicator'), await curves('measure')];
  const ofGoal = (all: Curve[], id: string) => all.filter(({ series }) => series.goalId === id);
  return {
    goals: goals.map((goal) => ({
      ...goal,
      indicators: ofGoal(indicators, goal.id),
      measures: ofGoal(measures, goal.id),
    })),
    today,
    timeZone,
  };
}
