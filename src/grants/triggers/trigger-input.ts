import { parseAmount } from '../../maths/money.js';
import { MathsError } from '../../maths/maths-error.js';
import type { Day } from '../../maths/day.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { requireTerms } from '../conditions/condition.rules.js';
import type { Trigger, TriggerEvent, TriggerUnit } from './trigger.rules.js';

/** A trigger as it is typed and kept with a schedule. */
export interface TypedTrigger {
  event: string;
  /** The document, the decision, or what the other money is for. */
  subject?: string;
  /** Up to which day a report must reach. */
  onDay?: Day;
  /** Of match money, major units. */
  matchAmount?: string;
  count: number;
  unit: string;
  expectedOn?: Day;
}

/**
 * Reads what an instalment falls due after, held to what such a condition asks for.
 * @param pointer of the trigger, such as `/slices/1/after`
 * @throws ruleBroken naming the field
 */
export function readTrigger(typed: TypedTrigger, currency: string, pointer: string): Trigger {
  const { count, expectedOn, subject, onDay } = typed;
  if (expectedOn === undefined) {
    const sentence = 'Say by which day it is expected at the latest: the forecast counts it there.';
    throw fieldError('ruleBroken', `${pointer}/expectedOn`, sentence);
  }
  const event = typed.event as TriggerEvent;
  const said = { event, conditionId: null, count, unit: typed.unit as TriggerUnit, expectedOn };
  if (event === 'award') {
    refuseTerms(typed, pointer);
    return { ...said, subject: '', onDay: null, matchAmount: null };
  }
  const matchAmount = readMatch(typed, currency, pointer);
  const terms = under(pointer, () => requireTerms({ kind: event, subject, onDay, matchAmount }));
  return {
    ...said,
    subject: terms.subject,
    onDay: terms.onDay,
    matchAmount: matchAmount?.toString() ?? null,
  };
}

/** The award is known already: it has no terms. */
function refuseTerms(typed: TypedTrigger, pointer: string): void {
  const more = (['subject', 'onDay', 'matchAmount'] as const).find((field) => typed[field] !== undefined);
  if (more === undefined) return;
  throw fieldError('ruleBroken', `${pointer}/${more}`, 'The award needs no further words: leave this empty.');
}

function readMatch({ matchAmount }: TypedTrigger, currency: string, pointer: string): bigint | undefined {
  if (matchAmount === undefined) return undefined;
  try {
    return parseAmount(matchAmount, currency);
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    throw fieldError('ruleBroken', `${pointer}/matchAmount`, error.detail);
  }
}

/** What a rule says of its own fields, said of those under a pointer. */
function under<T>(pointer: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const [field] = error instanceof DomainError ? (error.fields ?? []) : [];
    if (field === undefined) throw error;
    throw fieldError('ruleBroken', `${pointer}${field.pointer}`, field.message);
  }
}
