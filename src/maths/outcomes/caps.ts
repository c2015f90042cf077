import { allocate } from '../allocate.js';
import type { Part } from './rate-card.js';
import { add, type Tally, totalOf } from './tally.js';

/** The most that is paid for one person over all metrics, in one period, and by the whole bond. Minor units. */
export interface Caps {
  person?: bigint;
  period?: bigint;
  bond?: bigint;
}

/** The caps in the order in which they trim. */
export const capNames = ['person', 'line', 'period', 'bond'] as const;
export type CapName = (typeof capNames)[number];

/** What a cap took away, in minor units; above zero. */
export interface Trim {
  by: CapName;
  amount: bigint;
}

/** What the caps leave of a line, what each took, and whose money the period cap took, which may be claimed again. */
export interface Capped {
  parts: readonly Part[];
  trimmed: Trim[];
  cutByPeriod: Part[];
}

type Room = Pick<Tally, 'people' | 'lines' | 'periods' | 'bond'>;

/**
 * Trims the parts of a line: person, then line, period and bond. What counts against a cap is money that passed all of
 * them: what one cap took uses up no room under another. A line, period or bond cap takes from the people of the line
 * in proportion (largest remainder, ties to the earlier).
 */
export function trim(
  parts: readonly Part[],
  { metric, period }: { metric: string; period: string },
  caps: Caps & { line: bigint | null },
  used: Room,
): Capped {
  const byPerson = cutEach(parts, caps.person, used.people);
  const byLine = cut(byPerson.kept, caps.line, used.lines.get(metric));
  const byPeriod = cut(byLine.kept, caps.period, used.periods.get(period));
  const byBond = cut(byPeriod.kept, caps.bond, used.bond);
  const stages = { person: byPerson, line: byLine, period: byPeriod, bond: byBond };
  const trimmed = capNames.map((by): Trim => ({ by, amount: totalOf(stages[by].cut) }));
  return {
    parts: byBond.kept,
    trimmed: trimmed.filter(({ amount }) => amount > 0n),
    cutByPeriod: byPeriod.cut,
  };
}

/** Enters what passed every cap, so that it takes up room under each. */
export function useRoom(parts: readonly Part[], line: { metric: string; period: string }, used: Tally): void {
  const net = totalOf(parts);
  for (const { person, amount } of parts) if (person !== null) add(used.people, person, amount);
  add(used.lines, line.metric, net);
  add(used.periods, line.period, net);
  used.bond += net;
}

interface Stage {
  kept: readonly Part[];
  cut: Part[];
}

/** Each person's part by the room that person has left. Parts of nobody are not touched. */
function cutEach(parts: readonly Part[], cap: bigint | undefined, used: ReadonlyMap<string, bigint>): Stage {
  if (cap === undefined) return { kept: parts, cut: [] };
  return split(parts, ({ person, amount }) =>
    person === null ? amount : least(amount, roomOf(cap, used.get(person))),
  );
}

/** All parts together by the room there is. */
function cut(parts: readonly Part[], cap: bigint | null | undefined, used: bigint | undefined): Stage {
  const total = totalOf(parts);
  if (cap === null || cap === undefined || total <= roomOf(cap, used)) return { kept: parts, cut: [] };
  const kept = allocate(
    roomOf(cap, used),
    parts.map(({ amount }) => amount),
  );
  return split(parts, (_, index) => kept[index]!);
}

function split(parts: readonly Part[], keep: (part: Part, index: number) => bigint): Stage {
  const kept = parts.map((part, index) => ({ ...part, amount: keep(part, index) }));
  return { kept, cut: parts.map((part, index) => ({ ...part, amount: part.amount - kept[index]!.amount })) };
}

/** Not below zero: new terms may set a cap under what was paid by the old ones. */
function roomOf(cap: bigint, used = 0n): bigint {
  return cap > used ? cap - used : 0n;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
