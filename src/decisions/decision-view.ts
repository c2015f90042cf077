import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import { type HistoryEvent, historyOf } from '../platform/audit/history.js';
import type { Tx } from '../platform/database/tx.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { type DecisionRecord, readRecord } from './decision-record.js';
import type { DecisionRooms } from './decision-subjects.js';

export interface DecisionView {
  record: DecisionRecord;
  /** Those with a seat, for the backbone to record a conflict of. */
  people: { value: string; label: string }[];
  history: HistoryEvent[];
  timeZone: string;
  today: Day;
}

export interface DecisionPageProps {
  page: PageContext;
  view: DecisionView;
  /** A form that was refused, and which. */
  refusal?: Refusal & { of: 'vote' | 'recuse' | 'minute' | 'dissent' | 'withdraw' };
}

export const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
export const isBackbone = (page: PageContext): boolean => page.coalition?.roles.includes('backbone') ?? false;

/** Everything that the page of a decision shows. */
export async function readDecisionView(
  tx: Tx,
  rooms: DecisionRooms,
  decisionId: string,
  personId: string | undefined,
): Promise<DecisionView> {
  const record = await readRecord(tx, rooms, decisionId, personId);
  const { coalitionId } = record.decision;
  const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
  return {
    record,
    people: await peopleOf(tx, coalitionId, today),
    history: await historyOf(tx, { kind: 'decision', id: decisionId }),
    timeZone,
    today,
  };
}

/** Those with a seat on a day, by name, as the options of a field. */
export const peopleOf = (
  tx: Tx,
  coalitionId: string,
  today: Day,
): Promise<{ value: string; label: string }[]> =>
  tx.rows(
    `SELECT DISTINCT p.id AS value, p.name AS label FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [coalitionId, today],
  );
