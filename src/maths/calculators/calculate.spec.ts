import { describe, expect, it } from '@jest/globals';
import { calculate, calculatorKinds, CalculatorProblem } from './calculate.js';

const allocateCase = { amount: '10.03', currency: 'GBP', weights: ['1', '1'] };
const scheduleCase = {
  amount: '100.00',
  currency: 'GBP',
  startOn: '2026-04-01',
  template: [{ percent: '50' }, { amount: '20.00' }, { remaining: true }],
  everyMonths: 12,
  timeZone: 'Europe/London',
  businessDay: 'modifiedFollowing',
  holidays: 'GB-ENG',
  upliftRate: '0.025',
};
const attributionCase = {
  currency: 'USD',
  rule: 'pro_rata',
  fees: { basisPoints: 100, on: 'receipt' },
  contributions: [{ funder: 'A', on: '2025-01-01', amount: '100.00', earmark: null }],
  disbursements: [{ on: '2025-01-01', amount: '50.00' }],
};
const forecastCase = {
  currency: 'JPY',
  openOn: '2026-01-15',
  openingCash: '-100',
  reserve: '0',
  months: 1,
  pledges: [{ dueOn: '2026-01-20', amount: '100', confidence: '0.5' }],
  instalments: [{ dueOn: '2026-01-20', amount: '1' }],
};
const accrueCase = {
  principal: '100.00',
  currency: 'GBP',
  rate: '0.1',
  dayCount: '30/360',
  compounding: 'yearly',
  periods: [{ from: '2026-01-01', to: '2027-01-01', repay: '10.00' }],
};
const xirrCase = {
  currency: 'GBP',
  flows: [
    { on: '2026-01-01', amount: '-100.00' },
    { on: '2027-01-01', amount: '230.00' },
    { on: '2028-01-01', amount: '-132.00' },
  ],
};
const scorecardCase = {
  polarity: 'up',
  baseline: '0',
  target: '200',
  readings: [{ on: '2025-01-01', value: '-10' }],
  bands: [{ atLeastPercentOfTarget: '50', colour: 'green' }],
};
const waterfallCase = {
  currency: 'GBP',
  available: '130.00',
  asOf: '2028-01-01',
  investors: [
    { investor: 'A', drawdowns: [{ on: '2027-01-01', amount: '60.00' }], distributions: [] },
    { investor: 'B', drawdowns: [{ on: '2027-01-01', amount: '40.00' }], distributions: [] },
  ],
  tiers: [
    { kind: 'fee', amount: '5.00' },
    { kind: 'capital' },
    { kind: 'preferred', rate: '0.05', dayCount: 'ACT/365', compounding: 'none' },
    { kind: 'irrCap', rate: '0.1' },
  ],
};
const oneTier = (tier: object) => ({ ...waterfallCase, tiers: [tier] });

/** The places that an answer of refusal names. */
function pointersOf(kind: string, input: unknown): string[] {
  try {
    calculate(kind, input);
  } catch (error) {
    if (error instanceof CalculatorProblem) return error.errors.map(({ pointer }) => pointer);
    throw error;
  }
  return ['it was not refused'];
}

describe('every calculator answers with its keys and no other', () => {
  it('allocate', () => {
    expect(calculate('allocate', allocateCase)).toEqual({
      parts: ['5.02', '5.01'],
      notes: ['Shared by largest remainder on minor units; ties go to the earlier part.'],
    });
  });

  it('schedule', () => {
    expect(calculate('schedule', scheduleCase)).toMatchObject({
      instalments: [
        { dueOn: '2026-04-01', amount: '50.00', uplift: '0.00' },
        { dueOn: '2027-04-01', amount: '20.00', uplift: '0.50' },
        { dueOn: '2028-04-03', amount: '30.00', uplift: '1.52' },
      ],
      total: '102.02',
    });
  });

  it('attribution', () => {
    expect(calculate('attribution', attributionCase)).toMatchObject({
      disbursements: [{ shares: [{ funder: 'A', amount: '50.00' }] }],
      balances: [{ funder: 'A', earmark: null, amount: '49.00' }],
    });
  });

  it('forecast', () => {
    expect(calculate('forecast', forecastCase)).toEqual({
      months: [{ month: '2026-01', in: '100', out: '1', closing: '-1', closingExpected: '-51' }],
      cliff: { month: '2026-01', shortBy: '51' },
      notes: ['Each pledge × confidence is rounded half-even.'],
    });
  });

  it('accrue', () => {
    expect(calculate('accrue', accrueCase)).toEqual({
      periods: [{ days: 360, interest: '10.00', repaid: '10.00', balance: '100.00' }],
      totalInterest: '10.00',
      notes: [
        'Interest is rounded half-even, once for each period.',
        'Unpaid interest joins the balance on each anniversary, before what is repaid that day.',
      ],
    });
  });

  it('scorecard, which says why a part of it is null', () => {
    expect(calculate('scorecard', scorecardCase)).toEqual({
      variance: '-1.050000',
      percentOfTarget: '-0.050000',
      baselineChange: null,
      trend: { direction: 'flat', periods: 0, good: false },
      colour: null,
      notes: [
        'Ratios are rounded half-even to 6 places.',
        'The baseline is zero, so there is no relative change from it.',
        'The last reading reaches no band, so it has no colour.',
      ],
    });
  });

  it('xirr', () => {
    const notes = [
      'The rate is rounded half-even to 10 places; a year has 365 days. Flows of one day count as one.',
    ];
    const { currency, flows } = xirrCase;
    expect(calculate('xirr', xirrCase)).toEqual({
      rate: null,
      reason: 'not unique',
      roots: ['0.1000000000', '0.2000000000'],
      notes,
    });
    expect(calculate('xirr', { currency, flows: flows.slice(0, 1) })).toEqual({
      rate: null,
      reason: 'no sign change',
      notes,
    });
    expect(calculate('xirr', { currency, flows: flows.slice(0, 2) })).toEqual({
      rate: '1.3000000000',
      notes,
    });
  });

  it('waterfall', () => {
    const shared = (kind: string, paid: string, a: string, b: string) => ({
      kind,
      paid,
      perInvestor: [
        { investor: 'A', amount: a },
        { investor: 'B', amount: b },
      ],
    });
    expect(calculate('waterfall', waterfallCase)).toEqual({
      tiers: [
        { kind: 'fee', paid: '5.00', perInvestor: [] },
        shared('capital', '100.00', '60.00', '40.00'),
        shared('preferred', '5.00', '3.00', '2.00'),
        shared('irrCap', '5.00', '3.00', '2.00'),
      ],
      totals: { fee: '5.00', investors: '110.00', provider: '0.00', pool: '0.00' },
      remaining: '15.00',
      notes: [
        'Within a tier the money is shared by largest remainder on minor units; ties go to the earlier investor.',
        'What is preferred is rounded half-even, for each investor and day on which something is paid.',
        'Up to a rate of return means the least whole minor units with which each investor reaches it.',
      ],
    });
  });

  it('what lies outside the months is told in a note', () => {
    const instalments = ['2025-12-31', '2026-01-14', '2026-02-01'].map((dueOn) => ({ dueOn, amount: '1' }));
    expect(calculate('forecast', { ...forecastCase, pledges: [], instalments })).toMatchObject({
      months: [{ out: '2' }],
      notes: [
        'Each pledge × confidence is rounded half-even.',
        'Due before 2026-01-15, so counted as overdue in the first month: 2.',
        'Due after 2026-01, so not counted: 1.',
      ],
    });
  });

  it('a negative amount is shared as the mirror of a positive one', () => {
    expect(calculate('allocate', { ...allocateCase, amount: '-10.03' })).toMatchObject({
      parts: ['-5.02', '-5.01'],
    });
  });

  it('amounts beyond 2^53 are exact', () => {
    expect(
      calculate('allocate', { amount: '90071992547409930000.03', currency: 'GBP', weights: ['1', '1'] }),
    ).toMatchObject({
      parts: ['45035996273704965000.02', '45035996273704965000.01'],
    });
  });
});

describe('a case that is wrong is refused at the place that is wrong', () => {
  it.each<[string, unknown, string[]]>([
    ['allocate', null, ['']],
    ['allocate', [], ['']],
    ['allocate', 'text', ['']],
    ['allocate', {}, ['/amount', '/currency', '/weights']],
    ['allocate', { ...allocateCase, extra: 1 }, ['/extra']],
    [
      'allocate',
      JSON.parse('{"amount":"1.00","currency":"GBP","weights":["1"],"__proto__":{}}'),
      ['/__proto__'],
    ],
    ['allocate', { ...allocateCase, 'a/b~c': 1 }, ['/a~1b~0c']],
    ['allocate', { ...allocateCase, amount: 10.03 }, ['/amount']],
    ['allocate', { ...allocateCase, amount: '1e3' }, ['/amount']],
    ['allocate', { ...allocateCase, amount: '10' }, ['/amount']],
    ['allocate', { ...allocateCase, currency: 'gbp' }, ['/currency']],
    ['allocate', { ...allocateCase, currency: 'ABC', weights: ['x'] }, ['/currency', '/weights/0']],
    ['allocate', { ...allocateCase, weights: ['1', '-1', 2] }, ['/weights/1', '/weights/2']],
    ['allocate', { ...allocateCase, weights: [] }, ['/weights']],
    ['allocate', { ...allocateCase, weights: ['0'] }, ['/weights']],
    ['schedule', { ...scheduleCase, startOn: '2026-02-30' }, ['/startOn']],
    ['schedule', { ...scheduleCase, amount: '-1.00' }, ['/amount']],
    ['schedule', { ...scheduleCase, template: [] }, ['/template']],
    ['schedule', { ...scheduleCase, template: [{}] }, ['/template/0']],
    ['schedule', { ...scheduleCase, template: [{ percent: '50', amount: '5.00' }] }, ['/template/0/amount']],
    ['schedule', { ...scheduleCase, template: [{ remaining: false }] }, ['/template/0/remaining']],
    [
      'schedule',
      { ...scheduleCase, template: [{ remaining: true }, { remaining: true }] },
      ['/template/0/remaining'],
    ],
    [
      'schedule',
      { ...scheduleCase, template: [{ percent: 50 }, { remaining: true }] },
      ['/template/0/percent'],
    ],
    ['schedule', { ...scheduleCase, template: [{ percent: '101' }] }, ['/template']],
    ['schedule', { ...scheduleCase, everyMonths: '12' }, ['/everyMonths']],
    ['schedule', { ...scheduleCase, everyMonths: 0 }, ['/everyMonths']],
    ['schedule', { ...scheduleCase, timeZone: 'Europe/Londn' }, ['/timeZone']],
    ['schedule', { ...scheduleCase, businessDay: 'next' }, ['/businessDay']],
    ['schedule', { ...scheduleCase, holidays: 'GB-XYZ' }, ['/holidays']],
    ['schedule', { ...scheduleCase, holidays: undefined }, ['/holidays']],
    ['schedule', { ...scheduleCase, upliftRate: '2.5%' }, ['/upliftRate']],
    ['attribution', { ...attributionCase, rule: 'lifo' }, ['/rule']],
    [
      'attribution',
      { ...attributionCase, fees: { basisPoints: 10_001, on: 'receipt' } },
      ['/fees/basisPoints'],
    ],
    ['attribution', { ...attributionCase, fees: { basisPoints: 1, on: 'disbursement' } }, ['/fees/on']],
    ['attribution', { ...attributionCase, fees: { basisPoints: 1, on: 'receipt', of: 1 } }, ['/fees/of']],
    [
      'attribution',
      { ...attributionCase, contributions: [{ funder: '', on: '2025-13-01', amount: '-1.00', memo: 'x' }] },
      ['/contributions/0/memo', '/contributions/0/funder', '/contributions/0/on', '/contributions/0/amount'],
    ],
    [
      'attribution',
      { ...attributionCase, disbursements: [{ on: '2024-12-31', amount: '0.01' }] },
      ['/disbursements/0/amount'],
    ],
    ['attribution', { ...attributionCase, disbursements: {} }, ['/disbursements']],
    ['accrue', { ...accrueCase, rate: '-0.01' }, ['/rate']],
    ['accrue', { ...accrueCase, rate: '1000.01' }, ['/rate']],
    ['accrue', { ...accrueCase, dayCount: 'ACT/ACT', compounding: 'daily' }, ['/dayCount', '/compounding']],
    ['accrue', { ...accrueCase, principal: '-1.00' }, ['/principal']],
    ['accrue', { ...accrueCase, periods: [{ from: '2026-01-01', to: '2026-01-01' }] }, ['/periods/0/to']],
    [
      'accrue',
      { ...accrueCase, periods: [{ from: '2026-01-01', to: '2026-02-01', repay: '100.01' }] },
      ['/periods/0/repay'],
    ],
    ['xirr', { ...xirrCase, guess: '0.1' }, ['/guess']],
    [
      'xirr',
      { currency: 'GBP', flows: [{ on: '2026-02-29', amount: 1 }] },
      ['/flows/0/on', '/flows/0/amount'],
    ],
    ['scorecard', { ...scorecardCase, polarity: 'left', weight: 1 }, ['/weight', '/polarity']],
    ['scorecard', { ...scorecardCase, target: 200, readings: [] }, ['/target', '/readings']],
    [
      'scorecard',
      { ...scorecardCase, readings: [...scorecardCase.readings, ...scorecardCase.readings] },
      ['/readings/1/on'],
    ],
    [
      'scorecard',
      { ...scorecardCase, bands: [{ atLeastPercentOfTarget: '50 %', colour: '' }] },
      ['/bands/0/atLeastPercentOfTarget', '/bands/0/colour'],
    ],
    ['waterfall', { ...waterfallCase, available: '-0.01' }, ['/available']],
    ['waterfall', oneTier({ kind: 'coupon' }), ['/tiers/0/kind']],
    ['waterfall', oneTier({ amount: '1.00' }), ['/tiers/0/kind']],
    ['waterfall', oneTier({ kind: 'capital', rate: '0.1' }), ['/tiers/0/rate']],
    ['waterfall', oneTier({ kind: 'irrCap' }), ['/tiers/0/rate']],
    [
      'waterfall',
      oneTier({ kind: 'residual', shares: { investors: '0.5', provider: '0.4', pool: '0' } }),
      ['/tiers/0/shares'],
    ],
    [
      'waterfall',
      { ...waterfallCase, investors: [...waterfallCase.investors, waterfallCase.investors[0]] },
      ['/investors/2/investor'],
    ],
    ['forecast', { ...forecastCase, months: 0 }, ['/months']],
    ['forecast', { ...forecastCase, months: 1201 }, ['/months']],
    ['forecast', { ...forecastCase, reserve: '-1' }, ['/reserve']],
    ['forecast', { ...forecastCase, openingCash: '1.00' }, ['/openingCash']],
    [
      'forecast',
      { ...forecastCase, pledges: [{ dueOn: '2026-01-01', amount: '1', confidence: '1.01' }] },
      ['/pledges/0/confidence'],
    ],
    [
      'forecast',
      { ...forecastCase, instalments: [{ dueOn: '2026-01-01', amount: '1', confidence: '1' }] },
      ['/instalments/0/confidence'],
    ],
  ])('%s: %j at %j', (kind, input, pointers) => {
    expect(pointersOf(kind, input)).toEqual(pointers);
  });

  it('an unknown calculator is refused with the names of those there are', () => {
    expect(() => calculate('toString', {})).toThrow(`There are ${calculatorKinds.join(', ')}.`);
  });

  it('every refusal is a sentence that says where', () => {
    expect(() => calculate('allocate', { ...allocateCase, extra: 1 })).toThrow(
      'At /extra: This key is not known here. Known are amount, currency, weights.',
    );
  });
});
