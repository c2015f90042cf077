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

/** What the API's document says of the calculators of the investor side. */
export const investorGuides = { accrue, xirr };
