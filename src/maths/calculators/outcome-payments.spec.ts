import { describe, expect, it } from '@jest/globals';
import { CalculatorProblem } from './calculator-problem.js';
import { calculate } from './calculate.js';
import { calculateOutcomePayments } from './outcome-payments.js';

const signUp = { metric: 'signUp', kind: 'per_unit', price: '10.00' };
const job = { metric: 'job', kind: 'per_person_once', price: '30.00' };
const band = (from: string, to: string | null, price: string) => ({
  from,
  to,
  fromInclusive: true,
  toInclusive: false,
  price,
});
const restored = {
  metric: 'restored',
  kind: 'band',
  price: '0.00',
  bands: [band('50', '60', '100.00'), band('60', '70', '200.00')],
};
const base = {
  currency: 'GBP',
  rateCard: [signUp, job, restored] as object[],
  caps: {},
  payers: [{ payer: 'A' }] as object[],
  claims: [] as object[],
  carryForward: false,
};
const units = (period: string, quantity: string) => ({ period, metric: 'signUp', quantity });
const people = (period: string, ...keys: string[]) => ({ period, metric: 'job', people: keys });

/** A case, its answer on one line each: `period metric accepted: gross - cap amount = net`. */
function read(changes: Partial<typeof base>) {
  const { lines, payers, unpaid, total, notes } = calculateOutcomePayments({ ...base, ...changes });
  return {
    lines: lines.map(({ period, metric, accepted, gross, trimmed, net }) =>
      [
        `${period} ${metric} ${accepted}:`,
        gross,
        ...trimmed.map(({ by, amount }) => `- ${by} ${amount}`),
        '=',
        net,
      ].join(' '),
    ),
    payers: payers.map(({ payer, amount, headroom }) => `${payer} ${amount}, ${headroom ?? 'no cap'}`),
    unpaid: unpaid.map(({ period, metric, amount, reason }) => `${period} ${metric} ${amount}: ${reason}`),
    total,
    notes: notes.slice(2),
  };
}

describe('what outcomes come to', () => {
  it('answers with the keys of the contract and no other', () => {
    expect(calculate('outcome-payments', { ...base, claims: [units('1', '2.50')] })).toEqual({
      lines: [{ period: '1', metric: 'signUp', accepted: '2.5', gross: '25.00', trimmed: [], net: '25.00' }],
      payers: [{ payer: 'A', amount: '25.00', headroom: null }],
      unpaid: [],
      total: '25.00',
      notes: [
        'quantity × price is rounded half-even, once for each line.',
        'The net is shared by largest remainder on minor units; ties go to the earlier payer.',
      ],
    });
  });

  it('two caps on one line, each by its name, in their order', () => {
    const answer = read({
      rateCard: [{ ...signUp, cap: '90.00' }],
      caps: { period: '75.00', bond: '70.00' },
      claims: [units('1', '10')],
    });
    expect(answer.lines).toEqual(['1 signUp 10: 100.00 - line 10.00 - period 15.00 - bond 5.00 = 70.00']);
  });

  it('the line cap holds over all periods, the period cap over all lines', () => {
    const answer = read({
      rateCard: [{ ...signUp, cap: '25.00' }, job],
      caps: { period: '40.00' },
      claims: [units('1', '2'), people('1', 'a'), units('2', '2'), people('2', 'b')],
    });
    expect(answer.lines).toEqual([
      '1 signUp 2: 20.00 = 20.00',
      '1 job 1: 30.00 - period 10.00 = 20.00',
      '2 signUp 2: 20.00 - line 15.00 = 5.00',
      '2 job 1: 30.00 = 30.00',
    ]);
    expect(answer.total).toBe('75.00');
  });

  it('the person cap counts quantities of a person who is named, and nobody who is not', () => {
    const answer = read({
      caps: { person: '50.00' },
      claims: [people('1', 'a', 'b'), { ...units('1', '3'), people: ['a'] }, units('1', '9')],
    });
    expect(answer.lines).toEqual([
      '1 job 2: 60.00 = 60.00',
      '1 signUp 3: 30.00 - person 10.00 = 20.00',
      '1 signUp 9: 90.00 = 90.00',
    ]);
  });

  it('carries forward what a period cap trimmed, first in the next period, and again', () => {
    const claims = [units('1', '10'), people('1', 'a'), units('1', '1'), units('2', '1'), units('3', '0')];
    const answer = read({ caps: { period: '60.00' }, claims, carryForward: true });
    expect(answer.lines).toEqual([
      '1 signUp 10: 100.00 - period 40.00 = 60.00',
      '1 job 1: 30.00 - period 30.00 = 0.00',
      '1 signUp 1: 10.00 - period 10.00 = 0.00',
      '2 signUp 0: 50.00 = 50.00',
      '2 job 0: 30.00 - period 20.00 = 10.00',
      '2 signUp 1: 10.00 - period 10.00 = 0.00',
      '3 job 0: 20.00 = 20.00',
      '3 signUp 0: 10.00 = 10.00',
      '3 signUp 0: 0.00 = 0.00',
    ]);
    expect(answer.total).toBe('150.00');
    expect(answer.notes).toEqual([
      'Claimed again, as a period cap trimmed it before: signUp in 2, job in 2, job in 3, signUp in 3.',
    ]);
    expect(read({ caps: { period: '60.00' }, claims }).total).toBe('70.00');
  });

  it('says what is still carried at the end; what another cap trimmed is lost', () => {
    const answer = read({
      rateCard: [{ ...signUp, cap: '80.00' }],
      caps: { period: '60.00' },
      claims: [units('1', '10')],
      carryForward: true,
    });
    expect(answer.notes).toEqual(['Carried forward, to be claimed again in the next period: signUp 20.00.']);
  });

  it('a period that comes back has appeared before, so nothing is carried into it', () => {
    const answer = read({
      caps: { period: '10.00' },
      claims: [units('1', '1'), units('2', '1'), units('1', '1'), units('2', '0'), units('3', '0')],
      carryForward: true,
    });
    expect(answer.lines.slice(2)).toEqual([
      '1 signUp 1: 10.00 - period 10.00 = 0.00',
      '2 signUp 0: 0.00 = 0.00',
      '3 signUp 0: 10.00 = 10.00',
      '3 signUp 0: 0.00 = 0.00',
    ]);
  });

  it('says which values no band holds', () => {
    const value = (period: string, reached: string) => ({ period, metric: 'restored', value: reached });
    const claims = [value('1', '49.9'), value('2', '70'), value('3', '65')];
    expect(read({ claims })).toMatchObject({
      lines: ['1 restored 1: 0.00 = 0.00', '2 restored 1: 0.00 = 0.00', '3 restored 1: 200.00 = 200.00'],
      notes: [
        'The value is below the first band, so no band holds it and nothing is due: restored in 1.',
        'The value is beyond the last band, so no band holds it and nothing is due: restored in 2.',
      ],
    });
    expect(read({ claims, rateCard: [{ ...restored, mode: 'interpolated' }] })).toMatchObject({
      lines: ['1 restored 1: 0.00 = 0.00', '2 restored 1: 200.00 = 200.00', '3 restored 1: 200.00 = 200.00'],
      notes: [
        'The value is below the first band, so no band holds it and nothing is due: restored in 1.',
        'The value is beyond the last band, which is flat: its price stays: restored in 2.',
      ],
    });
  });

  it('says what was given and not read', () => {
    const claims = [
      { ...units('1', '1'), value: '5' },
      { ...people('1', 'a'), quantity: '7', value: '1' },
    ];
    expect(read({ claims }).notes).toEqual([
      'Not read, as the kind of the metric does not ask for it: /claims/0/value, /claims/1/quantity, /claims/1/value.',
    ]);
  });
});

describe('who pays', () => {
  it('a payer limited to metrics pays for those only', () => {
    const payers = [
      { payer: 'A', weight: '1', metrics: ['signUp'] },
      { payer: 'B', weight: '1' },
      { payer: 'C', weight: '2', metrics: ['job'] },
    ];
    const answer = read({ payers, claims: [units('1', '0.001'), people('1', 'a')] });
    expect(answer.payers).toEqual(['A 0.01, no cap', 'B 10.00, no cap', 'C 20.00, no cap']);
  });

  it('a cap reached in the middle of a line leaves the rest of that share unpaid', () => {
    const payers = [
      { payer: 'A', weight: '1', cap: '12.00' },
      { payer: 'B', weight: '1' },
    ];
    const answer = read({ payers, claims: [units('1', '2'), units('2', '1'), units('3', '1')] });
    expect(answer).toMatchObject({
      payers: ['A 12.00, 0.00', 'B 20.00, no cap'],
      unpaid: ['2 signUp 3.00: payer cap: A', '3 signUp 5.00: payer cap: A'],
      total: '32.00',
    });
  });

  it('by remaining cap, which moves with every line', () => {
    const payers = [
      { payer: 'A', cap: '30.00' },
      { payer: 'B', cap: '10.00', metrics: ['signUp'] },
      { payer: 'C', cap: '30.00', metrics: ['job'] },
    ];
    const answer = read({ payers, claims: [units('1', '2'), people('1', 'a'), units('2', '2')] });
    // 15 and 5; then 10 and 20 of the 30; then 20 over the 5 and 5 that are left.
    expect(answer).toMatchObject({
      payers: ['A 30.00, 0.00', 'B 10.00, 0.00', 'C 20.00, 10.00'],
      unpaid: ['2 signUp 5.00: payer cap: A', '2 signUp 5.00: payer cap: B'],
      total: '60.00',
    });
  });

  it('yen have no pennies: the odd one goes to the earlier payer', () => {
    const answer = read({
      currency: 'JPY',
      rateCard: [{ ...signUp, price: '333' }],
      payers: [
        { payer: 'A', weight: '1', cap: '200' },
        { payer: 'B', weight: '1' },
      ],
      claims: [units('1', '1.5'), units('1', '0.5')],
    });
    // 499.5 and 166.5 to the even: 500 and 166.
    expect(answer).toMatchObject({
      lines: ['1 signUp 1.5: 500 = 500', '1 signUp 0.5: 166 = 166'],
      payers: ['A 200, 0', 'B 333, no cap'],
      unpaid: ['1 signUp 50: payer cap: A', '1 signUp 83: payer cap: A'],
    });
  });

  it('the published sign-ups of a collective impact bond come to what was published', () => {
    const answer = read({
      rateCard: [{ ...signUp, price: '1680.00' }],
      claims: [units('2019', '440'), units('2020', '262'), units('2021', '868')],
    });
    expect(answer.lines.map((line) => line.split('= ')[1])).toEqual(['739200.00', '440160.00', '1458240.00']);
  });
});

describe('a case that does not hold together is refused at its place', () => {
  const zero = [
    { payer: 'A', weight: '0' },
    { payer: 'B', weight: '0' },
  ];
  const gap = { ...restored, bands: [band('50', '60', '1.00'), band('65', '70', '2.00')] };
  const overlap = {
    ...restored,
    bands: [{ ...band('50', '60', '1.00'), toInclusive: true }, band('60', '70', '2.00')],
  };
  it.each<[object, string[]]>([
    [{ claims: [{ period: '1', metric: 'x', quantity: '1' }] }, ['/claims/0/metric']],
    [{ claims: [units('1', '1'), units('1', '-1')] }, ['/claims/1/quantity']],
    [{ claims: [{ period: '1', metric: 'job', quantity: '1' }] }, ['/claims/0/people']],
    [{ claims: [{ period: '1', metric: 'signUp' }] }, ['/claims/0/quantity']],
    [{ claims: [{ period: '1', metric: 'restored' }] }, ['/claims/0/value']],
    [{ claims: [{ period: '', metric: 'signUp', quantity: 1 }] }, ['/claims/0/period', '/claims/0/quantity']],
    [{ claims: [{ ...people('1'), people: ['a', ''] }] }, ['/claims/0/people/1']],
    [{ claims: [{ ...units('1', '1'), on: '2025-01-01' }] }, ['/claims/0/on']],
    [{ rateCard: [signUp, signUp] }, ['/rateCard/1/metric']],
    [{ rateCard: [] }, ['/rateCard']],
    [{ rateCard: [{ ...signUp, price: '-1.00' }] }, ['/rateCard/0/price']],
    [{ rateCard: [{ ...signUp, kind: 'per_hour' }] }, ['/rateCard/0/kind']],
    [{ rateCard: [{ ...restored, mode: 'linear' }] }, ['/rateCard/0/mode']],
    [{ rateCard: [{ ...restored, bands: undefined }] }, ['/rateCard/0/bands']],
    [{ rateCard: [{ ...restored, kind: 'threshold' }] }, ['/rateCard/0/bands']],
    [{ rateCard: [gap] }, ['/rateCard/0/bands/1/from']],
    [{ rateCard: [overlap] }, ['/rateCard/0/bands/1/from']],
    [
      { rateCard: [{ ...restored, bands: [{ from: '1', to: '2', price: '1.00' }] }] },
      ['/rateCard/0/bands/0/fromInclusive', '/rateCard/0/bands/0/toInclusive'],
    ],
    [{ payers: [{ payer: 'A' }, { payer: 'A' }] }, ['/payers/1/payer']],
    [{ payers: [] }, ['/payers']],
    [{ payers: zero }, ['/payers/0/weight']],
    [{ payers: [{ payer: 'A', weight: '-1' }] }, ['/payers/0/weight']],
    [{ payers: [{ payer: 'A', metrics: ['signUp', 'x'] }] }, ['/payers/0/metrics/1']],
    [{ payers: [{ payer: 'A', metrics: ['signUp'] }] }, ['/rateCard/1/metric']],
    [{ caps: { year: '1.00' } }, ['/caps/year']],
    [{ caps: { bond: '1' } }, ['/caps/bond']],
    [{ carryForward: 'yes' }, ['/carryForward']],
    [{ currency: 'XXX' }, ['/currency']],
    [{ extra: 1 }, ['/extra']],
  ])('%j', (changes, pointers) => {
    let refused: unknown;
    try {
      calculate('outcome-payments', { ...base, ...changes });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(CalculatorProblem);
    expect((refused as CalculatorProblem).errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('a gap and an overlap are named by their values', () => {
    expect(() => calculate('outcome-payments', { ...base, rateCard: [gap] })).toThrow(
      'Between 60 and 65 no band holds.',
    );
    expect(() => calculate('outcome-payments', { ...base, rateCard: [overlap] })).toThrow(
      '60 is held by two bands.',
    );
  });
});
