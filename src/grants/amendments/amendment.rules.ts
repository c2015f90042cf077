import { allocate } from '../../maths/allocate.js';
import type { Day } from '../../maths/day.js';
import { divideHalfEven } from '../../maths/exact.js';
import { sum } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { InstalmentState } from '../instalment.rules.js';
import { isSameTrigger, type Trigger } from '../triggers/trigger.rules.js';

export const amendmentKinds = [
  'extension',
  'noCostExtension',
  'topUp',
  'cut',
  'reschedule',
  'carryOver',
] as const;
export type AmendmentKind = (typeof amendmentKinds)[number];

/** An instalment of a grant's plan, or one that an amendment would make. Minor units. */
export interface PlanLine {
  /** Null of one that is to be made. */
  id: string | null;
  number: number;
  /** While it has no due date, the day by which it is expected. */
  nominalOn: Day;
  /** Null while it waits for what it falls due after. */
  dueOn: Day | null;
  after: Trigger | null;
  /** Uplift included. */
  amount: bigint;
  uplift: bigint;
  state: InstalmentState;
  /** Somebody has asked for its payment, and nobody has said no. */
  isAskedFor: boolean;
}

/** A grant as an amendment finds it. */
export interface GrantTerms {
  award: bigint;
  startOn: Day;
  endOn: Day;
  /** Every instalment that is not cancelled: together they are the award. */
  lines: readonly PlanLine[];
  /** The highest number ever given, that of cancelled instalments included. */
  lastNumber: number;
}

/** A slice of the new plan of what is unpaid. */
export interface NewSlice {
  /** Of one that waits, the day by which it is expected. */
  nominalOn: Day;
  /** What it waits for; null of one with a day. */
  after: Trigger | null;
  amount: bigint;
  uplift: bigint;
}

/** What is asked for. What is left out stays as it is. */
export interface Amendment {
  kind: AmendmentKind;
  endOn?: Day;
  /** The whole new award. Without `slices` the difference is shared over what is unpaid, by largest remainder. */
  award?: bigint;
  /** All that is to be paid from now on, instead of what is unpaid. */
  slices?: readonly NewSlice[];
}

/** What an amendment comes to. */
export interface Replay {
  award: bigint;
  endOn: Day;
  /** Taken out of the plan: never deleted, but cancelled. */
  replaced: PlanLine[];
  /** New in the plan. */
  made: PlanLine[];
  /** The whole plan after it, by date: together the new award. */
  lines: PlanLine[];
}

const replaceable: readonly InstalmentState[] = ['planned', 'due', 'held'];

/** Whether an amendment may replace a line: nothing of it is paid, on its way, or asked for. */
export const isOpen = ({ state, isAskedFor }: PlanLine): boolean =>
  replaceable.includes(state) && !isAskedFor;

/**
 * Replays what is unpaid of a grant. What is paid, on its way or asked for stays as it is; an unpaid instalment that
 * the new plan has too, with the same day and amount, stays itself; every other is replaced by new ones with the next
 * numbers. The lines after it always sum to the new award.
 *
 * @param dueOn the business day on which a day agreed is paid
 * @throws ruleBroken naming the field: the kind asks for something else, a slice is nothing or falls out of the term,
 *   less than what is paid or under way would be left
 */
export function replay(terms: GrantTerms, amendment: Amendment, dueOn: (nominalOn: Day) => Day): Replay {
  const endOn = amendment.endOn ?? terms.endOn;
  const fixed = terms.lines.filter((line) => !isOpen(line));
  const open = terms.lines.filter(isOpen);
  const wanted = wantedSlices(terms, amendment, fixed, open);
  requireSlices(wanted);
  const { kept, replaced, missing } = match(open, wanted);
  const made = missing.map((slice, index): PlanLine => ({
    ...slice,
    id: null,
    number: terms.lastNumber + index + 1,
    dueOn: slice.after ? null : dueOn(slice.nominalOn),
    state: 'planned',
    isAskedFor: false,
  }));
  const lines = [...fixed, ...kept, ...made].sort(byDate);
  const result = { award: sum(lines.map(({ amount }) => amount)), endOn, replaced, made, lines };
  requireTerm(terms, result, amendment);
  requireAgreedAward(amendment, result.award);
  requireKind(terms, amendment, result);
  return result;
}

const byDate = (a: PlanLine, b: PlanLine): number =>
  a.nominalOn === b.nominalOn ? a.number - b.number : a.nominalOn < b.nominalOn ? -1 : 1;

function wantedSlices(
  terms: GrantTerms,
  { award, slices }: Amendment,
  fixed: readonly PlanLine[],
  open: readonly PlanLine[],
): readonly NewSlice[] {
  if (slices) return slices;
  if (award === undefined || award === terms.award) return open.map(asSlice);
  const left = award - sum(fixed.map(({ amount }) => amount));
  if (left < 0n) {
    const sentence = 'More than that is paid or under way already. A cut can take away what is unpaid only.';
    throw fieldError('ruleBroken', '/award', sentence);
  }
  if (open.length === 0) {
    throw fieldError('ruleBroken', '/instalments', 'Nothing is left to be paid: say when the money is paid.');
  }
  return scaled(open, left);
}

/** An unpaid line as a slice of a plan. What it waited for and has happened is past: it has a day like any other. */
const asSlice = ({ nominalOn, dueOn, amount, uplift, after }: PlanLine): NewSlice => ({
  ...{ nominalOn, amount, uplift },
  after: dueOn === null ? after : null,
});

/** The same days, sharing another amount in the same proportions; what would come to nothing is left out. */
function scaled(open: readonly PlanLine[], total: bigint): NewSlice[] {
  const amounts = allocate(
    total,
    open.map(({ amount }) => amount),
  );
  return open
    .map((line, index) => ({
      ...asSlice(line),
      amount: amounts[index]!,
      uplift: divideHalfEven(line.uplift * amounts[index]!, line.amount),
    }))
    .filter(({ amount }) => amount > 0n);
}

/** Pairs each slice with an unpaid instalment that says the same; each is used once. */
function match(open: readonly PlanLine[], wanted: readonly NewSlice[]) {
  const unused = new Set(open);
  const missing: NewSlice[] = [];
  for (const slice of wanted) {
    const same = [...unused].find((line) => saysTheSame(asSlice(line), slice));
    if (same) unused.delete(same);
    else missing.push(slice);
  }
  missing.sort((a, b) => (a.nominalOn < b.nominalOn ? -1 : a.nominalOn > b.nominalOn ? 1 : 0));
  return { kept: open.filter((line) => !unused.has(line)), replaced: [...unused], missing };
}

const saysTheSame = (a: NewSlice, b: NewSlice): boolean =>
  a.nominalOn === b.nominalOn &&
  a.amount === b.amount &&
  a.uplift === b.uplift &&
  (a.after === null ? b.after === null : b.after !== null && isSameTrigger(a.after, b.after));

function requireSlices(slices: readonly NewSlice[]): void {
  for (const [index, { amount, uplift }] of slices.entries()) {
    if (amount <= 0n) {
      throw fieldError('ruleBroken', `/instalments/${index}/amount`, 'This would pay nothing. Leave it out.');
    }
    if (uplift < 0n || uplift > amount) {
      const sentence = 'The uplift is a part of the amount: from nothing to all of it.';
      throw fieldError('ruleBroken', `/instalments/${index}/uplift`, sentence);
    }
  }
}

function requireTerm(terms: GrantTerms, { endOn, made, lines }: Replay, { slices = [] }: Amendment): void {
  if (endOn < terms.startOn) throw fieldError('ruleBroken', '/endOn', 'A grant ends after it starts.');
  // What happened late has its day after the term already: that stays as it is.
  const stays = (slice: NewSlice) => terms.lines.some((line) => saysTheSame(asSlice(line), slice));
  const outside = slices.findIndex(
    (slice) => (slice.nominalOn < terms.startOn || slice.nominalOn > endOn) && !stays(slice),
  );
  if (outside >= 0) {
    const sentence = `${slices[outside]!.nominalOn} is outside the grant’s term, ${terms.startOn} to ${endOn}.`;
    const field = slices[outside]!.after ? 'after/expectedOn' : 'dueOn';
    throw fieldError('ruleBroken', `/instalments/${outside}/${field}`, sentence);
  }
  const late = lines.find(
    (line) => line.nominalOn > endOn && line.nominalOn <= terms.endOn && !made.includes(line),
  );
  if (late) {
    const sentence = `Instalment ${late.number}, agreed for ${late.nominalOn}, would fall after the end of the term.`;
    throw fieldError('ruleBroken', '/endOn', sentence);
  }
}

function requireAgreedAward({ award, slices }: Amendment, planned: bigint): void {
  if (planned <= 0n) {
    throw fieldError('ruleBroken', slices ? '/instalments' : '/award', 'A grant is more than nothing.');
  }
  if (award === undefined || award === planned) return;
  const sentence = 'The instalments do not come to the new award. Change one or the other.';
  throw fieldError('ruleBroken', '/award', sentence);
}

/** Each kind promises something: it is refused where the plan does something else. */
function requireKind(terms: GrantTerms, { kind, slices }: Amendment, result: Replay): void {
  const difference = result.award - terms.award;
  const money = slices ? '/instalments' : '/award';
  const refuse = (pointer: string, sentence: string): never => {
    throw fieldError('ruleBroken', pointer, sentence);
  };
  const isLater = result.endOn > terms.endOn;
  const isEarlier = result.endOn < terms.endOn;
  const changesPlan = result.made.length > 0 || result.replaced.length > 0;
  switch (kind) {
    case 'extension':
      if (!isLater) refuse('/endOn', 'An extension ends the term later than it ends now.');
      if (difference < 0n) refuse(money, 'An extension cannot award less: that is a cut.');
      return;
    case 'noCostExtension':
      if (!isLater) refuse('/endOn', 'An extension ends the term later than it ends now.');
      if (difference !== 0n) refuse(money, 'A no-cost extension leaves the award as it is.');
      return;
    case 'topUp':
      if (difference <= 0n) refuse(money, 'A top-up awards more than is awarded now.');
      if (isLater || isEarlier)
        refuse('/endOn', 'A top-up leaves the term as it is. An extension may add money too.');
      return;
    case 'cut':
      if (difference >= 0n) refuse(money, 'A cut awards less than is awarded now.');
      if (isLater) refuse('/endOn', 'A cut cannot lengthen the term.');
      return;
    case 'reschedule':
      if (difference !== 0n)
        refuse(money, 'A new schedule leaves the award as it is: its instalments come to what is unpaid.');
      if (isLater) refuse('/endOn', 'A longer term is an extension, with or without money.');
      if (!changesPlan && !isEarlier)
        refuse('/instalments', 'Nothing would change. Move or split an instalment.');
      return;
    case 'carryOver':
      if (difference !== 0n)
        refuse(money, 'Carrying over leaves the award as it is: its instalments come to what is unpaid.');
      if (isEarlier) refuse('/endOn', 'Carrying over cannot shorten the term.');
      if (!changesPlan) refuse('/instalments', 'Nothing would change. Move what is carried over.');
      if (comesEarlier(terms.lines, result.lines))
        refuse('/instalments', 'Carrying over moves money to later days, never to earlier ones.');
  }
}

/** Whether on any day more would have been agreed for payment by then than before. */
function comesEarlier(before: readonly PlanLine[], after: readonly PlanLine[]): boolean {
  const by = (lines: readonly PlanLine[], on: Day): bigint =>
    sum(lines.filter(({ nominalOn }) => nominalOn <= on).map(({ amount }) => amount));
  return after.some(({ nominalOn }) => by(after, nominalOn) > by(before, nominalOn));
}

/** Whether the unpaid part of a plan is still the one that an amendment was asked for over. */
export function isSamePlan(before: readonly PlanLine[], now: readonly PlanLine[]): boolean {
  const words = (lines: readonly PlanLine[]): string =>
    lines
      .filter(isOpen)
      .map(({ id, nominalOn, dueOn, amount, uplift }) => `${id} ${nominalOn} ${dueOn} ${amount} ${uplift}`)
      .sort()
      .join('\n');
  return words(before) === words(now);
}
