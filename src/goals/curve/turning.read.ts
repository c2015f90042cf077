import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { ActionState, ActionTerms, CurveSection } from './turning.rules.js';

/** A text about a curve, as it was written once. */
export interface CurveText {
  section: CurveSection;
  number: number;
  body: string;
  writtenBy: string | null;
  writtenAt: Date;
}

export interface CurvePartner {
  id: string;
  organisationId: string | null;
  name: string;
  contribution: string;
}

export interface CurveAction extends ActionTerms {
  id: string;
  coalitionId: string;
  indicatorId: string;
  /** The name of who does it. */
  owner: string;
  state: ActionState;
  endedOn: Day | null;
  note: string;
  version: number;
}

/** What was written about a curve, the newest first. */
export const textsOf = (tx: Tx, indicatorId: string): Promise<CurveText[]> =>
  tx.rows<CurveText>(
    `SELECT t.section, t.number, t.body, p.name AS "writtenBy", t.written_at AS "writtenAt" FROM curve_texts t
     LEFT JOIN persons p ON p.id = t.written_by WHERE t.indicator_id = $1 ORDER BY t.section, t.number DESC`,
    [indicatorId],
  );

/** Who has a part to play in turning a curve. */
export const partnersOf = (tx: Tx, indicatorId: string): Promise<CurvePartner[]> =>
  tx.rows<CurvePartner>(
    `SELECT id, organisation_id AS "organisationId", name, contribution FROM curve_partners
     WHERE indicator_id = $1 ORDER BY name`,
    [indicatorId],
  );

const actions = `
  SELECT a.id, a.coalition_id AS "coalitionId", a.indicator_id AS "indicatorId", a.title, a.detail,
    a.owner_id AS "ownerId", p.name AS owner, a.starts_on AS "startsOn", a.due_on AS "dueOn", a.state,
    a.ended_on AS "endedOn", a.note, a.version
  FROM curve_actions a JOIN persons p ON p.id = a.owner_id`;

/** What is done to turn these curves, as it begins. */
export const actionsOf = (tx: Tx, indicatorIds: string[]): Promise<CurveAction[]> =>
  tx.rows<CurveAction>(
    `${actions} WHERE a.indicator_id = ANY ($1::uuid[]) ORDER BY a.starts_on, a.due_on, a.id`,
    [indicatorIds],
  );

/** @throws notFound */
export async function readAction(tx: Tx, actionId: string): Promise<CurveAction> {
  const action = await tx.row<CurveAction>(`${actions} WHERE a.id = $1`, [actionId]);
  if (!action) throw notFound('action');
  return action;
}
