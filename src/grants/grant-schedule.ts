import { allocate } from '../maths/allocate.js';
import { holidayCalendar } from '../maths/business-day.js';
import { addMonths, type Day } from '../maths/day.js';
import { MathsError } from '../maths/maths-error.js';
import { parseAmount, sum } from '../maths/money.js';
import { type PlannedInstalment, planInstalments, type SchedulePlan, type Slice } from '../maths/schedule.js';
import type { CoalitionCalendar } from '../coalitions/coalition.js';
import { fieldError } from '../platform/errors/domain-error.js';
import { readTrigger, type TypedTrigger } from './triggers/trigger-input.js';
import type { Trigger } from './triggers/trigger.rules.js';

/** A slice as it is typed and kept: exactly one of the three. */
export interface TypedSlice {
  /** Of the base amount, a decimal string. */
  percent?: string;
  /** Major units. */
  amount?: string;
  remaining?: boolean;
  /** A date of its own; then every slice has one, or falls due after something. */
  on?: Day;
  /** Instead of on a day: it falls due so long after this happens. */
  after?: TypedTrigger;
}

/** How an amount is cut and when its parts are paid, whatever the amount and the first day. As text, exactly as typed. */
export interface ScheduleShape {
  everyMonths: number;
  /** Either that many equal instalments … */
  equalInstalments?: number;
  /** … or these slices. */
  slices?: TypedSlice[];
  /** Yearly, compounding: "0.025". Paid on top of the slices of later years, and shown apart. */
  upliftRate?: string;
  /** Or a table: what the second year adds, the third, and so on: ["0.031", "0.02"]. */
  upliftIndex?: string[];
}

/** How a grant is to be paid over time, as it was agreed. Kept with the grant. */
export interface ScheduleTemplate extends ScheduleShape {
  /** Before uplift, in major units. */
  baseAmount: string;
  firstOn: Day;
}

/** The shape among what was sent; null is left out. */
export const shapeOf = ({
  everyMonths,
  ...sent
}: ScheduleShape & { [Key in keyof ScheduleShape]?: ScheduleShape[Key] | null }): ScheduleShape => ({
  everyMonths,
  equalInstalments: sent.equalInstalments ?? undefined,
  slices: sent.slices ?? undefined,
  upliftRate: sent.upliftRate ?? undefined,
  upliftIndex: sent.upliftIndex ?? undefined,
});

/** An instalment as it is planned: due on a day, or after something, and then expected by its nominal day. */
export interface GrantInstalment {
  nominalOn: Day;
  dueOn: Day | null;
  /** What is paid, its uplift included. */
  amount: bigint;
  uplift: bigint;
  after: Trigger | null;
}

/** The instalments of a grant: together they are the award. */
export interface GrantSchedule {
  award: bigint;
  uplift: bigint;
  instalments: GrantInstalment[];
}

/**
 * Plans a grant's instalments on the coalition's calendar. Equal instalments share the base amount by largest
 * remainder. The award is the sum of the instalments, to the minor unit. A slice that falls due after something has no
 * due date yet, and the uplift of the year in which it is expected: its amount is agreed with the award.
 * @throws ruleBroken naming the field
 */
export function planGrant(
  template: ScheduleTemplate,
  currency: string,
  calendar: CoalitionCalendar,
): GrantSchedule {
  const base = readAmount(template.baseAmount, currency, '/amount');
  if (base <= 0n) throw fieldError('ruleBroken', '/amount', 'A grant is more than nothing.');
  const triggers = (template.slices ?? []).map(({ after }, index) =>
    after ? readTrigger(after, currency, `/slices/${index}/after`) : null,
  );
  const planned = plan({
    amount: base,
    startOn: template.firstOn,
    template: slicesOf(template, base, currency),
    everyMonths: template.everyMonths,
    businessDay: calendar.businessDay,
    calendar: holidayCalendar(calendar.holidays),
    upliftRate: template.upliftRate ?? null,
    upliftIndex: requireOneUplift(template),
    dates: datesOf(template, triggers),
    expected: triggers.map((trigger) => trigger !== null),
  });
  const instalments = planned.map(({ nominalOn, dueOn, amount, uplift }, index): GrantInstalment => {
    const after = triggers[index] ?? null;
    return { nominalOn, dueOn: after ? null : dueOn, amount: amount + uplift, uplift, after };
  });
  const nothing = instalments.findIndex(({ amount }) => amount <= 0n);
  if (nothing >= 0) {
    throw fieldError(
      'ruleBroken',
      `/slices/${nothing}`,
      `Instalment ${nothing + 1} would pay nothing. Leave it out.`,
    );
  }
  return {
    award: sum(instalments.map(({ amount }) => amount)),
    uplift: sum(instalments.map(({ uplift }) => uplift)),
    instalments,
  };
}

/** @throws ruleBroken naming the table where there is a rate as well */
function requireOneUplift({ upliftRate, upliftIndex }: ScheduleTemplate): string[] | null {
  if (upliftRate !== undefined && upliftIndex !== undefined)
    throw fieldError('ruleBroken', '/upliftIndex', 'Give one yearly rate, or a table of them.');
  return upliftIndex ?? null;
}

/**
 * The days of the slices, where not all are counted from the first: their own dates, the days by which something is
 * expected, and for those between them every so many months from the first instalment.
 * @throws ruleBroken naming the first slice without a date, where others have one
 */
function datesOf(
  { slices = [], firstOn, everyMonths }: ScheduleTemplate,
  triggers: (Trigger | null)[],
): Day[] | null {
  const haveDates = slices.some(({ on }) => on !== undefined);
  if (!haveDates && triggers.every((trigger) => trigger === null)) return null;
  let counted = 0;
  return slices.map(({ on }, index) => {
    const trigger = triggers[index];
    if (trigger && on !== undefined) {
      const sentence = 'A slice falls due on a day, or after something: not both.';
      throw fieldError('ruleBroken', `/slices/${index}/on`, sentence);
    }
    if (trigger) return trigger.expectedOn;
    if (on !== undefined) return on;
    if (haveDates)
      throw fieldError('ruleBroken', `/slices/${index}/on`, 'Every slice has a date, or none has one.');
    return addMonths(firstOn, everyMonths * counted++);
  });
}

/** Plans, and names what is wrong as a grant calls it: what the maths call a template are slices here. */
function plan(asked: SchedulePlan): PlannedInstalment[] {
  try {
    return planInstalments(asked);
  } catch (error) {
    if (!(error instanceof MathsError) || error.pointer === undefined) throw error;
    throw fieldError('ruleBroken', error.pointer.replace(/^\/template/, '/slices'), error.detail);
  }
}

function slicesOf({ equalInstalments, slices }: ScheduleTemplate, base: bigint, currency: string): Slice[] {
  if ((equalInstalments === undefined) === (slices === undefined)) {
    throw fieldError('ruleBroken', '/slices', 'Give either a number of equal instalments, or slices.');
  }
  if (equalInstalments !== undefined) {
    return allocate(
      base,
      Array.from({ length: equalInstalments }, () => 1n),
    ).map((amount) => ({ amount }));
  }
  return slices!.map((slice, index) => readSlice(slice, index, currency));
}

function readSlice({ percent, amount, remaining }: TypedSlice, index: number, currency: string): Slice {
  const given = [percent, amount, remaining === true ? true : undefined].filter(
    (value) => value !== undefined,
  );
  if (given.length !== 1) {
    const sentence = `Slice ${index + 1} needs a percentage, an amount, or “the remaining balance”: one of them.`;
    throw fieldError('ruleBroken', `/slices/${index}`, sentence);
  }
  if (percent !== undefined) return { percent };
  if (amount !== undefined) return { amount: readAmount(amount, currency, `/slices/${index}/amount`) };
  return { remaining: true };
}

function readAmount(text: string, currency: string, pointer: string): bigint {
  try {
    return parseAmount(text, currency);
  } catch {
    throw fieldError(
      'ruleBroken',
      pointer,
      `${text} is not an amount in ${currency}: it has too many decimals.`,
    );
  }
}
