import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import type { Trigger } from '../triggers/trigger.rules.js';
import { isOpen, type PlanLine } from './amendment.rules.js';

/** What becomes of an instalment: `fixed` is paid, on its way or asked for, and no amendment touches it. */
export type Fate = 'fixed' | 'stays' | 'takenOut' | 'new';

/** An instalment in two plans. Minor units; null where a plan has none of it. */
export interface ComparedLine {
  number: number;
  nominalOn: Day;
  dueOn: Day | null;
  after: Trigger | null;
  state: PlanLine['state'];
  before: bigint | null;
  then: bigint | null;
  uplift: bigint;
  fate: Fate;
}

/** Two plans of a grant line by line, by date: an instalment keeps its number for ever, and a new one has a new one. */
export function comparePlans(before: readonly PlanLine[], after: readonly PlanLine[]): ComparedLine[] {
  const then = new Map(after.map((line) => [line.number, line]));
  const known = new Set(before.map(({ number }) => number));
  const made = after.filter(({ number }) => !known.has(number));
  return [
    ...before.map((line): ComparedLine => {
      const same = then.get(line.number);
      const fate = !isOpen(line) ? 'fixed' : same ? 'stays' : 'takenOut';
      return { ...compared(line), before: line.amount, then: same?.amount ?? null, fate };
    }),
    ...made.map((line): ComparedLine => ({
      ...compared(line),
      ...{ before: null, then: line.amount, fate: 'new' },
    })),
  ].sort(byDate);
}

const compared = ({ number, nominalOn, dueOn, after, state, uplift }: PlanLine) => ({
  ...{ number, nominalOn, dueOn, after, state, uplift },
});

const byDate = (a: ComparedLine, b: ComparedLine): number =>
  a.nominalOn === b.nominalOn ? a.number - b.number : a.nominalOn < b.nominalOn ? -1 : 1;

/** What a plan pays in each calendar year, by the day agreed or expected. Minor units. */
export function byYear(lines: readonly PlanLine[]): Map<string, bigint> {
  const years = new Map<string, PlanLine[]>();
  for (const line of lines) {
    const year = line.nominalOn.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), line]);
  }
  return new Map([...years].map(([year, of]) => [year, sum(of.map(({ amount }) => amount))]));
}
