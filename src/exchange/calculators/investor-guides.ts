import { compoundings } from '../../maths/interest.js';
import { dayCounts } from '../../maths/day-count.js';
import {
  amount,
  currency,
  day,
  decimal,
  type Guide,
  list,
  notes,
  object,
  orNull,
  rate,
  text,
  words,
} from './case-schemas.js';

const accrue: Guide = {
  summary: 'Reckon the interest on a principal, period by period',
  takes: object({
    principal: amount,
    currency,
    rate,
    dayCount: words(...dayCounts),
    compounding: words(...compoundings),
    periods: list(object({ from: day, to: day, 'repay?': orNull(amount) })),
  }),
  answers: object({
    periods: list(
      object({
        days: { type: 'integer', minimum: 0 },
        interest: amount,
        repaid: amount,
        balance: amount,
      }),
    ),
    totalInterest: amount,
    notes,
  }),
  example: {
    input: {
      principal: '360000.00',
      currency: 'GBP',
      rate: '0.05',
      dayCount: '30/360',
      compounding: 'yearly',
      periods: [
        { from: '2026-01-01', to: '2026-07-01' },
        { from: '2026-07-01', to: '2027-07-01', repay: '100000.00' },
      ],
    },
    output: {
      periods: [
        { days: 180, interest: '9000.00', repaid: '0.00', balance: '360000.00' },
        { days: 360, interest: '18450.00', repaid: '100000.00', balance: '278000.00' },
      ],
      totalInterest: '27450.00',
      notes: [
        'Interest is rounded half-even, once for each period.',
        'Unpaid interest joins the balance on each anniversary, before what is repaid that day.',
      ],
    },
  },
};

const toTenPlaces = { ...decimal, description: 'A yearly rate to 10 places' };

const xirr: Guide = {
  summary: 'Find the internal rate of return of dated flows',
  takes: object({ flows: list(object({ on: day, amount })), currency }),
  answers: object({
    rate: orNull(toTenPlaces),
    'reason?': words('no sign change', 'no root', 'not unique'),
    'roots?': list(toTenPlaces),
    notes,
  }),
  example: {
    input: {
      currency: 'GBP',
      flows: [
        { on: '2026-01-01', amount: '-100000.00' },
        { on: '2026-07-01', amount: '-50000.00' },
        { on: '2028-01-01', amount: '90000.00' },
        { on: '2029-01-01', amount: '80000.00' },
      ],
    },
    output: {
      rate: '0.0558952718',
      notes: [
        'The rate is rounded half-even to 10 places; a year has 365 days. Flows of one day count as one.',
      ],
    },
  },
};

const flows = list(object({ on: day, amount }));
const kindOf = (kind: string) => words(kind);

const waterfall: Guide = {
  summary: 'Pay what is available to investors and others, tier by tier',
  takes: object({
    currency,
    available: amount,
    asOf: day,
    investors: list(object({ investor: text, drawdowns: flows, distributions: flows })),
    tiers: list(
      {
        anyOf: [
          object({ kind: kindOf('fee'), amount }),
          object({ kind: kindOf('capital') }),
          object({
            kind: kindOf('preferred'),
            rate,
            dayCount: words(...dayCounts),
            compounding: words(...compoundings),
          }),
          object({ kind: kindOf('irrCap'), rate }),
          object({
            kind: kindOf('residual'),
            shares: object({ investors: decimal, provider: decimal, pool: decimal }),
          }),
        ],
      },
      { maxItems: 50 },
    ),
  }),
  answers: object({
    tiers: list(
      object({
        kind: words('fee', 'capital', 'preferred', 'irrCap', 'residual'),
        paid: amount,
        perInvestor: list(object({ investor: text, amount })),
      }),
    ),
    totals: object({ fee: amount, investors: amount, provider: amount, pool: amount }),
    remaining: amount,
    notes,
  }),
  example: {
    input: {
      currency: 'GBP',
      available: '700000.00',
      asOf: '2029-01-01',
      investors: [
        {
          investor: 'Harbour Social Investment',
          drawdowns: [
            { on: '2026-01-01', amount: '240000.00' },
            { on: '2027-01-01', amount: '120000.00' },
          ],
          distributions: [{ on: '2028-01-01', amount: '100000.00' }],
        },
        {
          investor: 'Tidewater Foundation',
          drawdowns: [{ on: '2026-01-01', amount: '200000.00' }],
          distributions: [],
        },
      ],
      tiers: [
        { kind: 'fee', amount: '15000.00' },
        { kind: 'capital' },
        { kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' },
        { kind: 'irrCap', rate: '0.08' },
        { kind: 'residual', shares: { investors: '0.2', provider: '0.3', pool: '0.5' } },
      ],
    },
    output: {
      tiers: [
        {
          kind: 'fee',
          paid: '15000.00',
          perInvestor: [],
        },
        {
          kind: 'capital',
          paid: '460000.00',
          perInvestor: [
            {
              investor: 'Harbour Social Investment',
              amount: '260000.00',
            },
            {
              investor: 'Tidewater Foundation',
              amount: '200000.00',
            },
          ],
        },
        {
          kind: 'preferred',
          paid: '58450.41',
          perInvestor: [
            {
              investor: 'Harbour Social Investment',
              amount: '34428.49',
            },
            {
              investor: 'Tidewater Foundation',
              amount: '24021.92',
            },
          ],
        },
        {
          kind: 'irrCap',
          paid: '67914.50',
          perInvestor: [
            {
              investor: 'Harbour Social Investment',
              amount: '39940.89',
            },
            {
              investor: 'Tidewater Foundation',
              amount: '27973.61',
            },
          ],
        },
        {
          kind: 'residual',
          paid: '98635.09',
          perInvestor: [
            {
              investor: 'Harbour Social Investment',
              amount: '12681.66',
            },
            {
              investor: 'Tidewater Foundation',
              amount: '7045.36',
            },
          ],
        },
      ],
      totals: {
        fee: '15000.00',
        investors: '606091.93',
        provider: '29590.53',
        pool: '49317.54',
      },
      remaining: '0.00',
      notes: [
        'Within a tier the money is shared by largest remainder on minor units; ties go to the earlier investor.',
        'What is preferred is rounded half-even, for each investor and day on which something is paid.',
        'Up to a rate of return means the least whole minor units with which each investor reaches it.',
      ],
    },
  },
};

/** What the API's document says of the calculators of the investor side. */
export const investorGuides = { accrue, xirr, waterfall };
