import { type RecurrenceRule, recurrencePeriods, requireSensible, weekdays } from '../../maths/recurrence.js';
import { MathsError } from '../../maths/maths-error.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { Choice, Integer, Text } from '../../platform/http/fields.js';

const ordinals = ['dayOfMonth', 'businessDay', 'lastBusinessDay', 'weekday'] as const;

/** When a report comes round: “on the 3rd business day of each month at 08:00”. */
export class RecurrenceInput {
  @Choice(recurrencePeriods, { example: 'month' }) every!: string;
  @Choice(ordinals, { example: 'businessDay' }) on!: string;
  @Integer(1, 31, {
    optional: true,
    example: 3,
    description: 'The day of the month, or the nth business day',
  })
  day?: number;
  @Choice(weekdays, { optional: true, description: 'With `weekday`' }) weekday?: string;
  @Integer(1, 12, { optional: true, description: 'The month within a quarter, half-year or year' })
  month?: number;
  @Text({ max: 5, example: '08:00', description: 'Local time, HH:mm' }) time!: string;
  @Text({ max: 60, example: 'Europe/London', description: 'IANA time zone' }) timeZone!: string;
}

/**
 * The rule that an input means, on a holiday calendar.
 * @throws ruleBroken naming the field under `pointer`
 */
export function ruleOf(input: RecurrenceInput, holidays: string | null, pointer: string): RecurrenceRule {
  const rule: RecurrenceRule = {
    every: input.every as RecurrenceRule['every'],
    on: onOf(input, pointer),
    ...(input.month === undefined ? {} : { month: input.month }),
    time: input.time,
    timeZone: input.timeZone,
    holidays,
  };
  try {
    requireSensible(rule);
  } catch (error) {
    if (!(error instanceof MathsError)) throw error;
    throw fieldError('ruleBroken', `${pointer}${error.pointer ?? ''}`, error.detail);
  }
  return rule;
}

function onOf({ on, day, weekday }: RecurrenceInput, pointer: string): RecurrenceRule['on'] {
  if (on === 'lastBusinessDay') return 'lastBusinessDay';
  if (on === 'weekday') {
    if (weekday === undefined) throw fieldError('ruleBroken', `${pointer}/weekday`, 'Say which weekday.');
    return weekday as RecurrenceRule['on'];
  }
  if (day === undefined) throw fieldError('ruleBroken', `${pointer}/day`, 'Say which day.');
  return on === 'businessDay' ? { businessDay: day } : day;
}

/** The input that means a rule: what a form shows of it. */
export function inputOf({ every, on, month, time, timeZone }: RecurrenceRule): RecurrenceInput {
  const when =
    typeof on === 'number'
      ? { on: 'dayOfMonth', day: on }
      : typeof on === 'object'
        ? { on: 'businessDay', day: on.businessDay }
        : on === 'lastBusinessDay'
          ? { on }
          : { on: 'weekday', weekday: on };
  return { every, ...when, ...(month === undefined ? {} : { month }), time, timeZone };
}

const periodWords = {
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  halfYear: 'half-year',
  year: 'year',
} as const;

/** “on the 3rd business day of each month at 08:00, Europe/London”. */
export function ruleText({ every, on, month, time, timeZone }: RecurrenceRule): string {
  const within =
    month === undefined ? `each ${periodWords[every]}` : `month ${month} of each ${periodWords[every]}`;
  return `${dayWords(on)} of ${within} at ${time}, ${timeZone}`;
}

function dayWords(on: RecurrenceRule['on']): string {
  if (typeof on === 'number') return `on the ${ordinal(on)}`;
  if (typeof on === 'object') return `on the ${ordinal(on.businessDay)} business day`;
  return on === 'lastBusinessDay'
    ? 'on the last business day'
    : `on the ${on.charAt(0).toUpperCase()}${on.slice(1)}`;
}

function ordinal(n: number): string {
  const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${n}${suffix[new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(n)]}`;
}
