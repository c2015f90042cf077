import { compareDays, type Day } from '../../maths/day.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';

export const curveSections = ['story', 'whatWorks'] as const;
export type CurveSection = (typeof curveSections)[number];

export const actionStates = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof actionStates)[number];

/** What an action says. */
export interface ActionTerms {
  title: string;
  detail: string;
  ownerId: string;
  startsOn: Day;
  dueOn: Day;
}

/** @throws ruleBroken where it would end before it begins */
export function requireTerm({ startsOn, dueOn }: ActionTerms): void {
  if (compareDays(dueOn, startsOn) < 0)
    throw fieldError('ruleBroken', '/dueOn', 'An action ends on the day it begins, or later.');
}

/** How an action ends. Why it is dropped is said. @throws stateForbids, ruleBroken naming the field */
export function requireEnding(
  state: ActionState,
  to: 'done' | 'dropped',
  { endedOn, note, startsOn, today }: { endedOn: Day; note: string; startsOn: Day; today: Day },
): void {
  if (state !== 'open') throw new DomainError('stateForbids', `The action is ${state} already.`);
  if (to === 'dropped' && note === '') throw fieldError('ruleBroken', '/note', 'Say why it is dropped.');
  if (compareDays(endedOn, today) > 0)
    throw fieldError('ruleBroken', '/endedOn', 'What is over was over by today.');
  if (compareDays(endedOn, startsOn) < 0)
    throw fieldError('ruleBroken', '/endedOn', `It began on ${startsOn}: it cannot have ended before.`);
}
