import { compareDays, type Day } from '../maths/day.js';
import { fieldError } from '../platform/errors/domain-error.js';

/** What a goal says. */
export interface GoalTerms {
  name: string;
  description: string;
  horizonOn: Day;
}

// As far as the holiday calendars reach: beyond, a date is a slip of the keyboard.
const lastHorizon: Day = '2199-12-31';

export interface GoalChange {
  name?: string;
  /** null empties it. */
  description?: string | null;
  horizonOn?: Day;
}

/** The terms after a change: what is not named stays. A horizon that is moved must lie ahead. */
export function changedGoal(before: GoalTerms, change: GoalChange, today: Day): GoalTerms {
  const { name = before.name, description = before.description, horizonOn = before.horizonOn } = change;
  const after: GoalTerms = { name, description: description ?? '', horizonOn };
  if (after.horizonOn !== before.horizonOn) refuseHorizon(after.horizonOn, today);
  return after;
}

/** Refuses a horizon that does not lie ahead: a goal is a long-term result, not a thing done. */
export function refuseHorizon(horizonOn: Day, today: Day): void {
  if (compareDays(horizonOn, today) <= 0) {
    throw fieldError('ruleBroken', '/horizonOn', 'A goal lies ahead. Choose a horizon after today.');
  }
  if (compareDays(horizonOn, lastHorizon) > 0) {
    throw fieldError('ruleBroken', '/horizonOn', `${horizonOn} is no likely date. Check the year.`);
  }
}
