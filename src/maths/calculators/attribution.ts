import {
  attribute,
  type AttributionRule,
  attributionRules,
  type Drawing,
  ShortOfMoney,
  type Source,
} from '../attribution.js';
import { compareDays, type Day } from '../day.js';
import { MathsError } from '../maths-error.js';
import { basisPoints, formatAmount, sum } from '../money.js';
import {
  currencyCode,
  day,
  inCurrency,
  integer,
  list,
  oneOf,
  optional,
  readCase,
  record,
  text,
} from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    currency: currencyCode,
    rule: oneOf(attributionRules),
    contributions: list(record({ funder: text, on: day, amount: amount(), earmark: optional(text) })),
    fees: optional(record({ basisPoints: integer(0, 10_000), on: oneOf(['receipt']) })),
    disbursements: list(record({ on: day, amount: amount(), goal: optional(text), grant: optional(text) })),
  }),
);

interface Disbursement {
  on: Day;
  amount: bigint;
  goal?: string;
  grant?: string;
}

/** Says whose money paid each disbursement, and what each funder has left. */
export function calculateAttribution(input: unknown) {
  const { currency, rule, contributions, fees, disbursements } = readCase(shape, input);
  const byDate = inDateOrder(
    contributions.map(({ funder, on, amount, earmark }, index): Source => {
      const fee = fees ? basisPoints(amount, fees.basisPoints) : 0n;
      return { key: String(index), funder, earmark: earmark ?? null, on, remaining: amount - fee };
    }),
  );
  const byFunder = byFirstContribution(byDate);
  const money = (minor: bigint) => formatAmount(minor, currency);

  const shares = new Map<number, { funder: string; amount: string }[]>();
  for (const { index, ...disbursement } of inDateOrder(
    disbursements.map((each, index) => ({ ...each, index })),
  )) {
    const lots = rule === 'fifo' ? byDate : byFunder;
    const received = lots.filter((lot) => lot.on <= disbursement.on && lot.remaining > 0n);
    const drawings = drawFor(disbursement, `/disbursements/${index}`, rule, received, currency);
    shares.set(
      index,
      takeFrom(byFunder, drawings).map(([funder, amount]) => ({ funder, amount: money(amount) })),
    );
  }
  return {
    disbursements: disbursements.map((_, index) => ({ shares: shares.get(index) ?? [] })),
    balances: balancesOf(byFunder).map((balance) => ({ ...balance, amount: money(balance.amount) })),
    notes: [
      'Shares are exact: largest remainder on minor units, ties to the funder who contributed first.',
      ...(fees ? ['The fee is rounded half-even on each contribution.'] : []),
    ],
  };
}

/** Attributes one disbursement; when the money is short, says which one and by how much. */
function drawFor(
  { on, amount, goal, grant }: Disbursement,
  pointer: string,
  rule: AttributionRule,
  received: Source[],
  currency: string,
): Drawing[] {
  const purpose = [goal, grant].filter((name) => name !== undefined);
  try {
    return attribute(rule, received, amount, purpose);
  } catch (error) {
    if (!(error instanceof ShortOfMoney)) throw error;
    const [needed, free, short] = [amount, error.free, error.shortfall].map((each) =>
      formatAmount(each, currency),
    );
    const detail =
      `The disbursement of ${on} (${pointer}) needs ${needed} ${currency}, but ${free} is free for it: ` +
      `it is short by ${short}.`;
    throw new MathsError(error.code, detail, `${pointer}/amount`);
  }
}

/** By date; those of one day in the order given. */
function inDateOrder<Event extends { on: Day }>(events: Event[]): Event[] {
  return events.toSorted((a, b) => compareDays(a.on, b.on));
}

/** In the order of each funder's first contribution; a funder's own as they are. */
function byFirstContribution(byDate: Source[]): Source[] {
  const rank = new Map<string, number>();
  for (const { funder } of byDate) if (!rank.has(funder)) rank.set(funder, rank.size);
  return byDate.toSorted((a, b) => rank.get(a.funder)! - rank.get(b.funder)!);
}

/** Takes the drawings off the lots, and gives what each funder paid, in the order of the lots. */
function takeFrom(lots: Source[], drawings: Drawing[]): [string, bigint][] {
  const drawn = new Map(drawings.map(({ key, amount }) => [key, amount]));
  const paid = new Map<string, bigint>();
  for (const lot of lots) {
    const amount = drawn.get(lot.key);
    if (amount === undefined) continue;
    lot.remaining -= amount;
    paid.set(lot.funder, sum([paid.get(lot.funder) ?? 0n, amount]));
  }
  return [...paid];
}

/** What is left, one row for each funder and earmark, spent ones included. */
function balancesOf(lots: Source[]): { funder: string; earmark: string | null; amount: bigint }[] {
  const rows = new Map<string, { funder: string; earmark: string | null; amount: bigint }>();
  for (const { funder, earmark, remaining } of lots) {
    const key = JSON.stringify([funder, earmark]);
    const row = rows.get(key);
    if (row) row.amount += remaining;
    else rows.set(key, { funder, earmark, amount: remaining });
  }
  return [...rows.values()];
}
