import type { CalculatorKind } from '../../maths/calculators/calculate.js';
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
  text,
  whole,
  words,
} from './case-schemas.js';
import { investorGuides } from './investor-guides.js';
import { outcomePaymentsGuide, scorecardGuide } from './outcome-guides.js';

/** What the API's document says of each calculator. The spec beside holds every example to the maths. */
export const calculatorGuide: Record<CalculatorKind, Guide> = {
  allocate: {
    summary: 'Share an amount by weights, to the cent',
    takes: object({ amount, currency, weights: list(decimal, { minItems: 1 }) }),
    answers: object({ parts: list(amount), notes }),
    example: {
      input: { amount: '100.00', currency: 'GBP', weights: ['1', '1', '1'] },
      output: {
        parts: ['33.34', '33.33', '33.33'],
        notes: ['Shared by largest remainder on minor units; ties go to the earlier part.'],
      },
    },
  },
  schedule: {
    summary: 'Plan the instalments of an amount from a template',
    takes: object({
      amount,
      currency,
      startOn: day,
      template: list(
        {
          anyOf: [
            object({ percent: decimal }),
            object({ amount }),
            object({ remaining: { type: 'boolean', enum: [true] } }),
          ],
        },
        { minItems: 1, maxItems: 1200 },
      ),
      everyMonths: whole(1, 1200),
      timeZone: { type: 'string', description: 'IANA time zone' },
      businessDay: words('none', 'following', 'modifiedFollowing', 'preceding'),
      holidays: orNull({ type: 'string', description: 'A holiday calendar, such as GB-ENG' }),
      'upliftRate?': decimal,
    }),
    answers: object({
      instalments: list(object({ dueOn: day, amount, uplift: amount })),
      total: amount,
      notes,
    }),
    example: {
      input: {
        amount: '90000.00',
        currency: 'GBP',
        startOn: '2026-05-31',
        template: [{ percent: '50' }, { amount: '20000.00' }, { remaining: true }],
        everyMonths: 3,
        timeZone: 'Europe/London',
        businessDay: 'following',
        holidays: 'GB-ENG',
      },
      output: {
        instalments: [
          { dueOn: '2026-06-01', amount: '45000.00', uplift: '0.00' },
          { dueOn: '2026-09-01', amount: '20000.00', uplift: '0.00' },
          { dueOn: '2026-11-30', amount: '25000.00', uplift: '0.00' },
        ],
        total: '90000.00',
        notes: [
          'Percentages that sum to exactly 100 share the amount by largest remainder; otherwise each is rounded half-even.',
        ],
      },
    },
  },
  'outcome-payments': outcomePaymentsGuide,
  attribution: {
    summary: 'Say whose money paid each disbursement',
    takes: object({
      currency,
      rule: words('pro_rata', 'fifo', 'earmark_first'),
      contributions: list(object({ funder: text, on: day, amount, 'earmark?': orNull(text) })),
      'fees?': object({ basisPoints: whole(0, 10_000), on: words('receipt') }),
      disbursements: list(object({ on: day, amount, 'goal?': orNull(text), 'grant?': orNull(text) })),
    }),
    answers: object({
      disbursements: list(object({ shares: list(object({ funder: text, amount })) })),
      balances: list(object({ funder: text, earmark: orNull(text), amount })),
      notes,
    }),
    example: {
      input: {
        currency: 'GBP',
        rule: 'pro_rata',
        contributions: [
          { funder: 'Harbour Trust', on: '2026-01-05', amount: '1000.00' },
          { funder: 'City Fund', on: '2026-01-20', amount: '500.00' },
        ],
        disbursements: [{ on: '2026-02-01', amount: '100.00' }],
      },
      output: {
        disbursements: [
          {
            shares: [
              { funder: 'Harbour Trust', amount: '66.67' },
              { funder: 'City Fund', amount: '33.33' },
            ],
          },
        ],
        balances: [
          { funder: 'Harbour Trust', earmark: null, amount: '933.33' },
          { funder: 'City Fund', earmark: null, amount: '466.67' },
        ],
        notes: [
          'Shares are exact: largest remainder on minor units, ties to the funder who contributed first.',
        ],
      },
    },
  },
  scorecard: scorecardGuide,
  forecast: {
    summary: 'See cash month by month, and the funding cliff',
    takes: object({
      currency,
      openOn: day,
      openingCash: amount,
      reserve: amount,
      months: whole(1, 1200),
      pledges: list(object({ dueOn: day, amount, 'confidence?': orNull(decimal) })),
      instalments: list(object({ dueOn: day, amount })),
    }),
    answers: object({
      months: list(
        object({
          month: { type: 'string', pattern: String.raw`^\d{4}-\d{2}$` },
          in: amount,
          out: amount,
          closing: amount,
          closingExpected: amount,
        }),
      ),
      cliff: orNull(
        object({ month: { type: 'string', pattern: String.raw`^\d{4}-\d{2}$` }, shortBy: amount }),
      ),
      notes,
    }),
    example: {
      input: {
        currency: 'EUR',
        openOn: '2026-10-12',
        openingCash: '30000.00',
        reserve: '5000.00',
        months: 2,
        pledges: [{ dueOn: '2026-11-30', amount: '20000.00', confidence: '0.5' }],
        instalments: [{ dueOn: '2026-11-01', amount: '38000.00' }],
      },
      output: {
        months: [
          {
            month: '2026-10',
            in: '0.00',
            out: '0.00',
            closing: '30000.00',
            closingExpected: '30000.00',
          },
          {
            month: '2026-11',
            in: '20000.00',
            out: '38000.00',
            closing: '12000.00',
            closingExpected: '2000.00',
          },
        ],
        cliff: { month: '2026-11', shortBy: '3000.00' },
        notes: ['Each pledge × confidence is rounded half-even.'],
      },
    },
  },
  ...investorGuides,
};
