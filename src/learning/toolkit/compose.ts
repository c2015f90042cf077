import { coalitionCalendar } from '../../coalitions/coalition.js';
import { referenceOf } from '../../decisions/decision.rules.js';
import { drawnCurve } from '../../goals/curve/drawn-curve.js';
import type { Curve } from '../../goals/curve/curves.js';
import { readScorecard } from '../../goals/scorecard/scorecard.read.js';
import { dayInZone } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { SharedCurve, SharedDecision, SharedEntry, ToolkitContent } from './toolkit-content.js';
import type { ToolkitItemKind } from './toolkit-item.entity.js';

interface Item {
  kind: ToolkitItemKind;
  subjectId: string | null;
  title: string | null;
  body: string | null;
}

export interface Prepared {
  id: string;
  coalitionId: string;
  title: string;
  introduction: string;
  namesPeople: boolean;
}

/**
 * What the public would see of a toolkit now: copies of what was chosen, in the order chosen. What was withdrawn, or is
 * not decided, is left out, whenever it was chosen.
 */
export async function composeToolkit(tx: Tx, toolkit: Prepared): Promise<ToolkitContent> {
  const items = await tx.rows<Item>(
    `SELECT kind, subject_id AS "subjectId", title, body FROM toolkit_items WHERE toolkit_id = $1 ORDER BY position`,
    [toolkit.id],
  );
  const coalition = await tx.row<{ name: string }>(`SELECT name FROM coalitions WHERE id = $1`, [
    toolkit.coalitionId,
  ]);
  const idsOf = (wanted: ToolkitItemKind) =>
    items.flatMap(({ kind, subjectId }) => (kind === wanted && subjectId !== null ? [subjectId] : []));
  return {
    coalition: coalition!.name,
    title: toolkit.title,
    introduction: toolkit.introduction,
    pages: items.flatMap(({ kind, title, body }) =>
      kind === 'page' ? [{ title: title!, body: body! }] : [],
    ),
    goals: await sharedGoals(tx, toolkit.coalitionId, idsOf('goal')),
    entries: await sharedEntries(tx, idsOf('learningEntry'), toolkit.namesPeople),
    decisions: await sharedDecisions(tx, toolkit.coalitionId, idsOf('decision')),
  };
}

async function sharedGoals(
  tx: Tx,
  coalitionId: string,
  ids: readonly string[],
): Promise<ToolkitContent['goals']> {
  const goals: ToolkitContent['goals'] = [];
  for (const id of ids) {
    const { goals: found, today } = await readScorecard(tx, coalitionId, id);
    for (const { name, description, horizonOn, indicators } of found) {
      // Of the population only: what single programmes do is measured apart, and is theirs to tell.
      const curves = indicators.map((curve) => sharedCurve(curve, today));
      goals.push({ name, description, horizonOn, curves });
    }
  }
  return goals;
}

function sharedCurve(curve: Curve, today: string): SharedCurve {
  const { actions: _, today: __, ...drawn } = drawnCurve(curve, today);
  const { definition, places } = curve.series;
  return {
    ...drawn,
    bands: drawn.bands.map(({ atLeastPercentOfTarget, colour }) => ({ atLeastPercentOfTarget, colour })),
    ...{ definition, places },
  };
}

const sharedEntries = (tx: Tx, ids: string[], namesPeople: boolean): Promise<SharedEntry[]> =>
  tx.rows<SharedEntry>(
    `SELECT e.title, e.happened_on AS "happenedOn", e.action, e.observation, e.reflection, e.next_step AS "nextStep", e.tags,
       CASE WHEN $2::boolean THEN p.name END AS author
     FROM unnest($1::uuid[]) WITH ORDINALITY AS chosen (id, place)
     JOIN learning_entries e ON e.id = chosen.id JOIN persons p ON p.id = e.author_id
     WHERE e.withdrawn_at IS NULL ORDER BY chosen.place`,
    [ids, namesPeople],
  );

async function sharedDecisions(tx: Tx, coalitionId: string, ids: string[]): Promise<SharedDecision[]> {
  const { timeZone } = await coalitionCalendar(tx, coalitionId);
  const rows = await tx.rows<
    Omit<SharedDecision, 'reference' | 'decidedOn'> & { number: number; closedAt: Date }
  >(
    `SELECT d.number, d.title, d.motion, d.state AS outcome, d.closed_at AS "closedAt"
     FROM unnest($1::uuid[]) WITH ORDINALITY AS chosen (id, place) JOIN decisions d ON d.id = chosen.id
     WHERE d.state IN ('passed', 'failed') ORDER BY chosen.place`,
    [ids],
  );
  return rows.map(({ number, closedAt, ...rest }) => ({
    ...rest,
    reference: referenceOf(number),
    decidedOn: dayInZone(closedAt, timeZone),
  }));
}
