import { dayCounts } from '../day-count.js';
import { compoundings } from '../interest.js';
import { MathsError } from '../maths-error.js';
import { formatAmount } from '../money.js';
import { payWaterfall, type WaterfallInvestor } from '../waterfall.js';
import type { Tier } from '../waterfall-tiers.js';
import {
  type AmountReader,
  byKind,
  currencyCode,
  day,
  decimal,
  inCurrency,
  list,
  oneOf,
  readCase,
  record,
  text,
  yearlyRate,
} from './case-reader.js';

const share = decimal({ least: 0n, most: 1n });

const tierOf = (amount: AmountReader) =>
  byKind({
    fee: record({ kind: oneOf(['fee']), amount: amount() }),
    capital: record({ kind: oneOf(['capital']) }),
    preferred: record({
      kind: oneOf(['preferred']),
      rate: yearlyRate,
      dayCount: oneOf(dayCounts),
      compounding: oneOf(compoundings),
    }),
    irrCap: record({ kind: oneOf(['irrCap']), rate: yearlyRate }),
    residual: record({
      kind: oneOf(['residual']),
      shares: record({ investors: share, provider: share, pool: share }),
    }),
  });

const shape = inCurrency((amount) => {
  const flows = list(record({ on: day, amount: amount() }));
  return record({
    currency: currencyCode,
    available: amount(),
    asOf: day,
    investors: list(record({ investor: text, drawdowns: flows, distributions: flows })),
    tiers: list(tierOf(amount), { most: 50 }),
  });
});

/** Pays investors and others tier by tier. */
export function calculateWaterfall(input: unknown) {
  const plan = readCase(shape, input);
  refuseDoubles(plan.investors);
  const { tiers, totals, remaining } = payWaterfall(plan);
  const money = (minor: bigint) => formatAmount(minor, plan.currency);
  return {
    tiers: tiers.map(({ kind, paid, perInvestor }) => ({
      kind,
      paid: money(paid),
      perInvestor: perInvestor.map((amount, index) => ({
        investor: plan.investors[index]!.investor,
        amount: money(amount),
      })),
    })),
    totals: {
      fee: money(totals.fee),
      investors: money(totals.investors),
      provider: money(totals.provider),
      pool: money(totals.pool),
    },
    remaining: money(remaining),
    notes: notesFor(plan.tiers),
  };
}

function notesFor(tiers: Tier[]): string[] {
  const has = (kind: Tier['kind']) => tiers.some((tier) => tier.kind === kind);
  return [
    'Within a tier the money is shared by largest remainder on minor units; ties go to the earlier investor.',
    ...(has('preferred')
      ? ['What is preferred is rounded half-even, for each investor and day on which something is paid.']
      : []),
    ...(has('irrCap')
      ? ['Up to a rate of return means the least whole minor units with which each investor reaches it.']
      : []),
  ];
}

function refuseDoubles(investors: WaterfallInvestor[]): void {
  const seen = new Set<string>();
  investors.forEach(({ investor }, index) => {
    if (!seen.has(investor)) return void seen.add(investor);
    const detail = 'This investor stands in the list already. Give all its flows in one place.';
    throw new MathsError('investorTwice', detail, `/investors/${index}/investor`);
  });
}

/** How long a case takes: every distribution asks every tier what it owes for each of the investor's drawdowns. */
export function waterfallWork(input: unknown): number {
  const { investors, tiers, asOf } = readCase(shape, input);
  const perTier = investors.map(({ drawdowns, distributions }) => {
    const years = drawdowns.map(({ on }) => Number(asOf.slice(0, 4)) - Number(on.slice(0, 4)));
    return drawdowns.length * (distributions.length + 1) + years.reduce((total, each) => total + each, 0);
  });
  return tiers.length * perTier.reduce((total, each) => total + each, 0);
}
