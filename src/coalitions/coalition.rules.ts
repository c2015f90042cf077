import { type BusinessDayRule, isHolidayCalendar } from '../maths/business-day.js';
import { isTimeZone } from '../maths/day.js';
import { DomainError, type FieldError } from '../platform/errors/domain-error.js';
import type { CoalitionKind } from './coalition.entity.js';

/** What a coalition is called, and how it reads its calendar. */
export interface CoalitionTerms {
  name: string;
  commonAgenda: string;
  kind: CoalitionKind;
  timeZone: string;
  businessDay: BusinessDayRule;
  holidays: string | null;
}

/** The terms after a change: what is not named stays. */
export function changedTerms(before: CoalitionTerms, change: Partial<CoalitionTerms>): CoalitionTerms {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const after = { ...before, ...Object.fromEntries(named) };
  refuseUnknownPlace(after);
  return after;
}

/** Refuses an unknown time zone and an unknown holiday calendar, both at once. */
export function refuseUnknownPlace({ timeZone, holidays }: Pick<CoalitionTerms, 'timeZone' | 'holidays'>) {
  const wrong: FieldError[] = [];
  const refuse = (pointer: string, message: string) => wrong.push({ pointer, code: 'ruleBroken', message });
  if (!isTimeZone(timeZone)) {
    refuse('/timeZone', `“${timeZone}” is no IANA time zone. Write one such as Europe/London.`);
  }
  if (holidays !== null && !isHolidayCalendar(holidays)) {
    refuse(
      '/holidays',
      `“${holidays}” is no holiday calendar we know. Write a country such as DE, or a part of one such as GB-ENG.`,
    );
  }
  if (wrong.length === 0) return;
  throw new DomainError(
    'ruleBroken',
    wrong.length === 1 ? wrong[0]!.message : `${wrong.length} fields need a change.`,
    wrong,
  );
}
