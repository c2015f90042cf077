import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { CalendarDay, Choice, Id, Integer, Text } from '../platform/http/fields.js';
import { organisationChoices } from '../coalitions/organisation-choices.js';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { addDays, type Day } from '../maths/day.js';
import { amendments, type DraftDecision } from './decision.dto.js';
import type { DecisionFormView } from './decision-form.js';
import { decisionMethods, votingRules } from './decision.rules.js';
import { type DecisionRooms, type KeyedSubjectKind, keyedSubjectKinds } from './decision-subjects.js';
import type { DecisionRow } from './decisions.read.js';

/** A motion as its form sends it: subject and weights are one choice each, options a line each. */
export class MotionForm {
  @Text({ max: 200 }) title!: string;
  @Text({ max: 10_000 }) motion!: string;
  @Text({ max: 60, optional: true }) subject?: string;
  @Id({ optional: true }) concernsId?: string;
  @Choice(decisionMethods) method!: string;
  @Text({ max: 2_500, optional: true }) optionLines?: string;
  @Choice(votingRules) rule!: string;
  @Text({ max: 60 }) weights!: string;
  @Integer(1, 100) quorumPercent!: number;
  @CalendarDay() closesOn!: Day;
  @Id({ optional: true }) amendsId?: string;
  @Choice(amendments, { optional: true }) amendsHow?: string;
  @Integer(1, 1_000_000_000, { optional: true }) version?: number;
}

/** The same as the API takes it. */
export function draftOf(form: MotionForm): DraftDecision {
  const [subjectKind = 'general', subjectId = null] = form.subject?.split(':') ?? [];
  const options = form.optionLines?.split(/\r?\n/).flatMap((line) => line.trim() || []) ?? [];
  return {
    ...{ title: form.title, motion: form.motion, method: form.method, rule: form.rule },
    options,
    ...(form.weights === 'perPerson'
      ? { weighting: 'perPerson' }
      : { weighting: 'byContribution', weightPoolId: form.weights }),
    ...{ quorumPercent: form.quorumPercent, closesOn: form.closesOn },
    ...(keyedSubjectKinds.includes(subjectKind as KeyedSubjectKind)
      ? { subjectKind, subjectId }
      : { subjectKind: 'general' }),
    ...{ concernsId: form.concernsId, amendsId: form.amendsId, amendsHow: form.amendsHow },
  };
}

const fieldOf: Readonly<Record<string, string>> = {
  '/subjectId': '/subject',
  '/options': '/optionLines',
  '/weightPoolId': '/weights',
};

/** Does it, and points at the form's own fields where it is refused. */
export async function atFormFields<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.fields.map((field) => ({
      ...field,
      pointer: fieldOf[field.pointer] ?? field.pointer,
    }));
    throw new DomainError(error.code, error.detail, fields);
  }
}

/** What stands in the form of a new motion; `subject` and `amendsId` may come with the link that led here. */
export const firstValues = (today: Day, asked: { subject?: string; amends?: string }) => ({
  ...{ method: 'motion', rule: 'majority', weights: 'perPerson', quorumPercent: '50', amendsHow: 'amends' },
  ...{ closesOn: addDays(today, 14), subject: asked.subject, amendsId: asked.amends },
});

/** What stands in the form of a draft. */
export const valuesOf = (row: DecisionRow) => ({
  ...{ title: row.title, motion: row.motion, method: row.method, rule: row.rule, closesOn: row.closesOn },
  optionLines: row.method === 'choice' ? row.options.join('\n') : '',
  subject: row.subjectId === null ? '' : `${row.subjectKind}:${row.subjectId}`,
  ...{ weights: row.weightPoolId ?? 'perPerson', quorumPercent: String(row.quorumPercent) },
  ...{ concernsId: row.concernsId, amendsId: row.amendsId, amendsHow: row.amendsHow ?? 'amends' },
  version: row.version,
});

/** What the form offers to choose from. */
export async function readFormView(
  tx: Tx,
  rooms: DecisionRooms,
  coalitionId: string,
  draft?: DecisionRow,
): Promise<DecisionFormView> {
  const subjects = [];
  for (const kind of keyedSubjectKinds) {
    for (const { id, title } of await rooms.naming(kind).choices(tx, coalitionId))
      subjects.push({ value: `${kind}:${id}`, label: title });
  }
  // What a draft is about may have moved on: it stays to be seen.
  if (draft?.subjectId && !subjects.some(({ value }) => value.endsWith(draft.subjectId!))) {
    const kind = draft.subjectKind as KeyedSubjectKind;
    const subject = await rooms.naming(kind).describe(tx, draft.subjectId);
    if (subject) subjects.push({ value: `${kind}:${subject.id}`, label: subject.title });
  }
  return {
    coalitionId,
    today: (await coalitionCalendar(tx, coalitionId)).today,
    subjects,
    organisations: await organisationChoices(tx, coalitionId),
    pools: await tx.rows(
      `SELECT id AS value, 'By contributions to ' || name AS label FROM pools WHERE coalition_id = $1 ORDER BY name`,
      [coalitionId],
    ),
    amendable: await tx.rows(
      `SELECT d.id AS value, 'D-' || d.number || ': ' || d.title AS label FROM decisions d
       WHERE d.coalition_id = $1 AND d.state = 'passed' AND NOT EXISTS (
         SELECT 1 FROM decisions s WHERE s.amends_id = d.id AND s.amends_how = 'supersedes' AND s.state = 'passed')
       ORDER BY d.number DESC LIMIT 500`,
      [coalitionId],
    ),
  };
}
