import { describe, expect, it } from '@jest/globals';
import { accruedTo, periodFrom, statementFigures, type StatementFlow } from './statement.rules.js';

const flow = (on: string, more: Partial<StatementFlow>): StatementFlow => ({
  ...{
    on,
    kind: 'drawdown',
    reference: 'C1',
    bankReference: 'FT 1',
    entryId: 'e',
    paidIn: 0n,
    capital: 0n,
    income: 0n,
  },
  ...more,
});
const flows = [
  flow('2022-01-01', { paidIn: 1_000_00n }),
  flow('2022-06-01', { kind: 'twoSided', paidIn: 50_00n }),
  flow('2023-01-01', { kind: 'distribution', capital: 400_00n, income: 150_00n }),
];

describe('a statement', () => {
  it('tells of capital, of what is beyond it, and of what was paid that is no capital', () => {
    const figures = statementFigures(flows, { on: '2023-01-01', accrued: 0n, isOver: false });
    expect(figures.lines.map(({ outstanding }) => outstanding)).toEqual([1_000_00n, 1_000_00n, 600_00n]);
    expect([figures.drawn, figures.paidIn, figures.returned, figures.income, figures.outstanding]).toEqual([
      ...[1_000_00n, 1_050_00n, 400_00n, 150_00n, 600_00n],
    ]);
    expect(figures.multiples).toEqual({ distributed: '0.523810', residual: '0.571429', total: '1.095238' });
  });

  it('knows the rate of a year, of what came back and of what is out', () => {
    const whole = [
      flow('2022-01-01', { paidIn: 100_00n }),
      flow('2023-01-01', { kind: 'distribution', capital: 100_00n, income: 6_00n }),
    ];
    const over = statementFigures(whole, { on: '2023-01-01', accrued: 0n, isOver: true });
    expect([over.realised, over.withResidual]).toEqual([{ rate: '0.0600000000' }, { rate: '0.0600000000' }]);
    const half = statementFigures(whole.slice(0, 1), { on: '2023-01-01', accrued: 5_00n, isOver: false });
    expect([half.realised, half.withResidual]).toEqual([
      { rate: null, reason: 'no sign change' },
      { rate: '0.0500000000' },
    ]);
  });

  it('counts nothing as still there once the bond is over: what is out is lost', () => {
    const { lost, multiples } = statementFigures(flows, { on: '2024-01-01', accrued: 0n, isOver: true });
    expect([lost, multiples.residual, multiples.total]).toEqual([600_00n, '0.000000', '0.523810']);
  });
});

describe('a period of a statement', () => {
  const figures = statementFigures(flows, { on: '2023-06-30', accrued: 0n, isOver: false });

  it('without a first day is everything since the start', () => {
    const { opening, lines, drawn, returned, income, closing } = periodFrom(figures);
    expect([opening, drawn, returned, income, closing]).toEqual([0n, 1_000_00n, 400_00n, 150_00n, 600_00n]);
    expect(lines).toHaveLength(3);
  });

  it('opens with what was out before its first day, which belongs to it', () => {
    const onTheDay = periodFrom(figures, '2023-01-01');
    expect([onTheDay.opening, onTheDay.drawn, onTheDay.returned, onTheDay.closing]).toEqual([
      ...[1_000_00n, 0n, 400_00n, 600_00n],
    ]);
    const dayAfter = periodFrom(figures, '2023-01-02');
    expect([dayAfter.opening, dayAfter.lines, dayAfter.closing]).toEqual([600_00n, [], 600_00n]);
    expect(periodFrom(figures, '2021-01-01').opening).toBe(0n);
  });

  it('counts what was paid for poor outcomes as no capital', () => {
    const period = periodFrom(figures, '2022-06-01');
    expect([period.lines.map(({ kind }) => kind), period.drawn]).toEqual([['twoSided', 'distribution'], 0n]);
  });

  it('closes with what it opened with, and was drawn, less what was returned, whatever its first day', () => {
    for (const from of ['2021-12-31', '2022-01-01', '2022-01-02', '2022-06-01', '2023-01-01', '2023-06-30']) {
      const { opening, drawn, returned, closing } = periodFrom(figures, from);
      expect(opening + drawn - returned).toBe(closing);
    }
  });
});

describe('what has accrued', () => {
  const drawdowns = [{ on: '2022-01-01', amount: 1_000_00n }];
  const distributions = [{ on: '2022-07-01', capital: 400_00n, income: 0n }];
  const tier = {
    kind: 'preferred' as const,
    rate: '0.06',
    dayCount: 'ACT/365' as const,
    compounding: 'none' as const,
  };
  const around = { on: '2023-01-01', currency: 'GBP', outcomes: null };

  it('is the preferred return on capital while it was out', () => {
    const returns = { kind: 'waterfall' as const, tiers: [{ kind: 'capital' as const }, tier] };
    // 1,000 for 181 days and 600 for 184, at 6 %.
    expect(accruedTo({ drawdowns, distributions }, returns, around)).toMatchObject({
      amount: 47_90n,
      dayCount: 'ACT/365',
    });
  });

  it('is nothing where no return grows with time', () => {
    const returns = { kind: 'waterfall' as const, tiers: [{ kind: 'capital' as const }] };
    expect(accruedTo({ drawdowns, distributions }, returns, around)).toMatchObject({
      amount: 0n,
      dayCount: null,
    });
  });

  it('is the coupon at the rate that outcomes are worth, less what was paid; unknown without a plan', () => {
    const returns = {
      kind: 'couponLadder' as const,
      dayCount: '30/360' as const,
      bands: [{ from: '0', fromInclusive: true, to: null, toInclusive: true, rate: '0.05' }],
    };
    const paid = [{ on: '2022-07-01', capital: 0n, income: 20_00n }];
    const outcomes = { reached: 50n, expected: 100n };
    expect(accruedTo({ drawdowns, distributions: paid }, returns, { ...around, outcomes }).amount).toBe(
      30_00n,
    );
    expect(accruedTo({ drawdowns, distributions }, returns, around)).toMatchObject({
      amount: null,
      dayCount: '30/360',
    });
  });
});
