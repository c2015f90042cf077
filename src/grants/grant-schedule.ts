import { allocate } from '../maths/allocate.js';
import { holidayCalendar } from '../maths/business-day.js';
import type { Day } from '../maths/day.js';
import { MathsError } from '../maths/maths-error.js';
import { parseAmount, sum } from '../maths/money.js';
import { type PlannedInstalment, planInstalments, type SchedulePlan, type Slice } from '../maths/schedule.js';
import type { CoalitionCalendar } from '../coalitions/coalition.js';
import { fieldError } from '../platform/errors/domain-error.js';

/** A slice as it is typed and kept: exactly one of the three. */
export interface TypedSlice {
  /** Of the base amount, a decimal string. */
  percent?: string;
  /** Major units. */
  amount?: string;
  remaining?: boolean;
  /** A date of its own; then every slice has one. */
  on?: Day;
}

/** How a grant is to be paid over time, as it was agreed. Kept with the grant, as text, exactly as typed. */
export interface ScheduleTemplate {
  /** Before uplift, in major units. */
  baseAmount: string;
  firstOn: Day;
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

/** The instalments of a grant. `amount` is what is paid, its uplift included; together they are the award. */
export interface GrantSchedule {
  award: bigint;
  uplift: bigint;
  instalments: PlannedInstalment[];
}

/**
 * Plans a grant's instalments on the coalition's calendar. Equal instalments share the base amount by largest
 * remainder. The award is the sum of the instalments, to the minor unit.
 * @throws ruleBroken naming the field
 */
export function planGrant(
  template: ScheduleTemplate,
  currency: string,
  calendar: CoalitionCalendar,
): GrantSchedule {
  const base = readAmount(template.baseAmount, currency, '/amount');
  if (base <= 0n) throw fieldError('ruleBroken', '/amount', 'A grant is more than nothing.');
  const planned = plan({
    amount: base,
    startOn: template.firstOn,
    template: slicesOf(template, base, currency),
    everyMonths: template.everyMonths,
    businessDay: calendar.businessDay,
    calendar: holidayCalendar(calendar.holidays),
    upliftRate: template.upliftRate ?? null,
    upliftIndex: requireOneUplift(template),
    dates: datesOf(template),
  });
  const instalments = planned.map((instalment) => ({
    ...instalment,
    amount: instalment.amount + instalment.uplift,
  }));
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

/** The dates of the slices, where they have their own. @throws ruleBroken naming the first slice without one */
function datesOf({ slices = [] }: ScheduleTemplate): Day[] | null {
  if (slices.every(({ on }) => on === undefined)) return null;
  return slices.map(({ on }, index) => {
    if (on !== undefined) return on;
    throw fieldError('ruleBroken', `/slices/${index}/on`, 'Every slice has a date, or none has one.');
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
