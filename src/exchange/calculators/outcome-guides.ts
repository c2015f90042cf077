import { bandModes } from '../../maths/bands.js';
import { capNames } from '../../maths/outcomes/caps.js';
import { rateKinds } from '../../maths/outcomes/rate-card.js';
import { polarities } from '../../maths/trend.js';
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

const yesOrNo = words(true, false);

const priceBand = object({
  from: orNull(decimal),
  to: orNull(decimal),
  fromInclusive: yesOrNo,
  toInclusive: yesOrNo,
  price: amount,
});

const rateLine = object({
  metric: text,
  kind: words(...rateKinds),
  price: amount,
  'unit?': orNull(text),
  'cap?': orNull(amount),
  'bands?': orNull(list(priceBand, { maxItems: 100 })),
  'mode?': words(...bandModes),
});

export const outcomePaymentsGuide: Guide = {
  summary: 'Say what verified outcomes come to under a rate card and its caps, and who pays',
  takes: object({
    currency,
    rateCard: list(rateLine, { minItems: 1, maxItems: 500 }),
    caps: object({ 'person?': orNull(amount), 'period?': orNull(amount), 'bond?': orNull(amount) }),
    payers: list(
      object({
        payer: text,
        'weight?': orNull(decimal),
        'cap?': orNull(amount),
        'metrics?': orNull(list(text)),
      }),
      { minItems: 1, maxItems: 100 },
    ),
    claims: list(
      object({
        period: text,
        metric: text,
        'quantity?': orNull(decimal),
        'value?': orNull(decimal),
        'people?': orNull(list(text)),
      }),
    ),
    carryForward: yesOrNo,
  }),
  answers: object({
    lines: list(
      object({
        period: text,
        metric: text,
        accepted: decimal,
        gross: amount,
        trimmed: list(object({ by: words(...capNames), amount })),
        net: amount,
      }),
    ),
    payers: list(object({ payer: text, amount, headroom: orNull(amount) })),
    unpaid: list(object({ period: text, metric: text, amount, reason: text })),
    total: amount,
    notes,
  }),
  example: {
    input: {
      currency: 'GBP',
      rateCard: [
        { metric: 'signUp', kind: 'per_unit', price: '1680.00', unit: 'child' },
        { metric: 'level3', kind: 'per_person_once', price: '3300.00' },
      ],
      caps: { period: '5000.00' },
      payers: [
        { payer: 'Borough', weight: '1', cap: '2400.00' },
        { payer: 'Outcomes Fund', weight: '1' },
      ],
      claims: [
        { period: '2025-Q1', metric: 'signUp', quantity: '2' },
        { period: '2025-Q1', metric: 'level3', people: ['k7', 'm2'] },
        { period: '2025-Q2', metric: 'level3', people: ['k7'] },
      ],
      carryForward: true,
    },
    output: {
      lines: [
        {
          period: '2025-Q1',
          metric: 'signUp',
          accepted: '2',
          gross: '3360.00',
          trimmed: [],
          net: '3360.00',
        },
        {
          period: '2025-Q1',
          metric: 'level3',
          accepted: '2',
          gross: '6600.00',
          trimmed: [{ by: 'period', amount: '4960.00' }],
          net: '1640.00',
        },
        {
          period: '2025-Q2',
          metric: 'level3',
          accepted: '0',
          gross: '4960.00',
          trimmed: [],
          net: '4960.00',
        },
        { period: '2025-Q2', metric: 'level3', accepted: '0', gross: '0.00', trimmed: [], net: '0.00' },
      ],
      payers: [
        { payer: 'Borough', amount: '2400.00', headroom: '0.00' },
        { payer: 'Outcomes Fund', amount: '4980.00', headroom: null },
      ],
      unpaid: [
        { period: '2025-Q1', metric: 'level3', amount: '100.00', reason: 'payer cap: Borough' },
        { period: '2025-Q2', metric: 'level3', amount: '2480.00', reason: 'payer cap: Borough' },
      ],
      total: '7380.00',
      notes: [
        'quantity × price is rounded half-even, once for each line.',
        'The net is shared by largest remainder on minor units; ties go to the earlier payer.',
        'People who were counted before for the metric are not counted again: level3 in 2025-Q2.',
        'Claimed again, as a period cap trimmed it before: level3 in 2025-Q2.',
      ],
    },
  },
};

export const scorecardGuide: Guide = {
  summary: 'Say how a measure stands against its baseline and target, and where it is heading',
  takes: object({
    polarity: words(...polarities),
    baseline: decimal,
    target: decimal,
    readings: list(object({ on: day, value: decimal }), { minItems: 1 }),
    bands: list(object({ atLeastPercentOfTarget: decimal, colour: text }), { maxItems: 100 }),
  }),
  answers: object({
    variance: orNull(decimal),
    percentOfTarget: orNull(decimal),
    baselineChange: orNull(decimal),
    trend: object({ direction: words(...polarities, 'flat'), periods: whole(0, 4999), good: yesOrNo }),
    colour: orNull(text),
    notes,
  }),
  example: {
    input: {
      polarity: 'down',
      baseline: '12.5',
      target: '8',
      readings: [
        { on: '2024-09-01', value: '12.5' },
        { on: '2025-09-01', value: '11' },
        { on: '2026-09-01', value: '9.6' },
      ],
      bands: [
        { atLeastPercentOfTarget: '95', colour: 'green' },
        { atLeastPercentOfTarget: '80', colour: 'amber' },
        { atLeastPercentOfTarget: '0', colour: 'red' },
      ],
    },
    output: {
      variance: '0.200000',
      percentOfTarget: '1.200000',
      baselineChange: '-0.232000',
      trend: { direction: 'down', periods: 2, good: true },
      colour: 'amber',
      notes: ['Ratios are rounded half-even to 6 places.'],
    },
  },
};
