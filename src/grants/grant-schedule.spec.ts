import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CoalitionCalendar } from '../coalitions/coalition.js';
import { planGrant } from './grant-schedule.js';

const london: CoalitionCalendar = {
  timeZone: 'Europe/London',
  businessDay: 'modifiedFollowing',
  holidays: 'GB-ENG',
  today: '2026-11-24',
};

describe('the schedule of a grant', () => {
  it('over five years, yearly, from the 31st: clamps, returns, and moves off weekends and holidays', () => {
    const { award, instalments } = planGrant(
      { baseAmount: '500000.00', firstOn: '2027-01-31', everyMonths: 3, equalInstalments: 20 },
      'GBP',
      london,
    );
    expect(award).toBe(500_000_00n);
    expect(instalments.slice(0, 5).map(({ nominalOn, dueOn, amount }) => [nominalOn, dueOn, amount])).toEqual(
      [
        ['2027-01-31', '2027-01-29', 25_000_00n], // a Sunday, and the next working day is in February
        ['2027-04-30', '2027-04-30', 25_000_00n],
        ['2027-07-31', '2027-07-30', 25_000_00n],
        ['2027-10-31', '2027-10-29', 25_000_00n],
        ['2028-01-31', '2028-01-31', 25_000_00n],
      ],
    );
  });

  it('shares the odd penny: three equal instalments of £100 are 33.34, 33.33, 33.33', () => {
    const { instalments } = planGrant(
      { baseAmount: '100.00', firstOn: '2027-02-01', everyMonths: 12, equalInstalments: 3 },
      'GBP',
      london,
    );
    expect(instalments.map(({ amount }) => amount)).toEqual([33_34n, 33_33n, 33_33n]);
  });

  it('pays uplift on top of the slices of later years, and the award holds both', () => {
    const { award, uplift, instalments } = planGrant(
      {
        ...{ baseAmount: '300000.00', firstOn: '2027-04-01', everyMonths: 12, upliftRate: '0.025' },
        slices: [{ percent: '40' }, { amount: '100000.00' }, { remaining: true }],
      },
      'GBP',
      london,
    );
    expect(instalments.map((one) => [one.amount, one.uplift])).toEqual([
      [120_000_00n, 0n],
      [102_500_00n, 2_500_00n],
      [84_050_00n, 4_050_00n], // 80,000 × (1.025² − 1)
    ]);
    expect([award, uplift]).toEqual([306_550_00n, 6_550_00n]);
  });

  it('leaves a slice that falls due after something without a due date, and uplifts it by when it is expected', () => {
    const { award, instalments } = planGrant(
      {
        ...{ baseAmount: '1000.00', firstOn: '2027-01-31', everyMonths: 6, upliftRate: '0.1' },
        slices: [
          {
            percent: '20',
            after: { event: 'award', count: 5, unit: 'workingDays', expectedOn: '2026-12-31' },
          },
          { percent: '30' },
          {
            percent: '20',
            after: {
              ...{ event: 'reportAccepted', onDay: '2027-12-31', count: 30, unit: 'days' },
              expectedOn: '2028-03-31',
            },
          },
          { remaining: true },
        ],
      },
      'GBP',
      london,
    );
    expect(instalments.map(({ nominalOn, dueOn, amount }) => [nominalOn, dueOn, amount])).toEqual([
      ['2026-12-31', null, 200_00n],
      ['2027-01-31', '2027-01-29', 300_00n],
      ['2028-03-31', null, 220_00n], // expected in the second year
      ['2027-07-31', '2027-07-30', 300_00n], // what waits takes no turn of those every six months
    ]);
    expect(award).toBe(1_020_00n);
  });

  it.each([
    [
      '/slices/0/after/expectedOn',
      { slices: [{ percent: '100', after: { event: 'award', count: 0, unit: 'days' } }] },
    ],
    [
      '/slices/0/on',
      {
        slices: [
          {
            ...{ percent: '100', on: '2027-02-01' },
            after: { event: 'award', count: 0, unit: 'days', expectedOn: '2027-02-01' },
          },
        ],
      },
    ],
    ['/slices', { equalInstalments: 4, slices: [{ remaining: true }] }],
    ['/slices', {}],
    ['/slices/0', { slices: [{ percent: '50', amount: '1.00' }, { remaining: true }] }],
    ['/slices/1', { slices: [{ amount: '100.00' }, { remaining: true }] }],
    ['/slices/0/amount', { slices: [{ amount: '0.001' }, { remaining: true }] }],
    ['/slices', { slices: [{ percent: '60' }, { percent: '50' }] }],
    ['/slices/1/on', { slices: [{ percent: '50', on: '2027-01-01' }, { remaining: true }] }],
    [
      '/slices/1/on',
      {
        slices: [
          { percent: '50', on: '2027-02-01' },
          { remaining: true, on: '2027-01-02' },
        ],
      },
    ],
    ['/upliftIndex', { equalInstalments: 2, upliftRate: '0.02', upliftIndex: ['0.02'] }],
    ['/upliftIndex', { equalInstalments: 10, upliftIndex: ['0.02'] }],
    ['/slices/0/remaining', { slices: [{ remaining: true }, { percent: '50' }] }],
  ])('refuses at %s a template that says nothing, too much, or two things', (pointer, part) => {
    const template = { baseAmount: '100.00', firstOn: '2027-01-01', everyMonths: 3, ...part };
    expect(() => planGrant(template, 'GBP', london)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });

  it('is always the award, to the penny, however it is cut', () => {
    const template = fc.record({
      baseAmount: fc
        .bigInt({ min: 120n, max: 10n ** 11n })
        .map((minor) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`),
      firstOn: fc.constantFrom('2027-01-31', '2028-02-29', '2026-12-25'),
      everyMonths: fc.integer({ min: 1, max: 12 }),
      equalInstalments: fc.integer({ min: 1, max: 60 }),
      upliftRate: fc.constantFrom('0', '0.025', '0.1'),
    });
    fc.assert(
      fc.property(template, (given) => {
        const { award, uplift, instalments } = planGrant(given, 'GBP', london);
        expect(award - uplift).toBe(BigInt(given.baseAmount.replace('.', '')));
        expect(instalments.reduce((total, { amount }) => total + amount, 0n)).toBe(award);
      }),
    );
  });
});
