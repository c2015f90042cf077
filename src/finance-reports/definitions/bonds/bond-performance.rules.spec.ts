import { describe, expect, it } from '@jest/globals';
import type { StatementFlow } from '../../../bonds/investors/statement/statement.rules.js';
import { investorReturn } from './bond-performance.rules.js';

const flow = (on: string, paidIn: bigint, capital = 0n, income = 0n): StatementFlow => ({
  ...{ on, kind: paidIn > 0n ? 'drawdown' : 'distribution', reference: '', bankReference: '', entryId: on },
  ...{ paidIn, capital, income },
});

describe('how an investor has done', () => {
  it('is a yearly rate in percent, and how often the money came back', () => {
    const flows = [flow('2026-01-01', 1_000_00n), flow('2027-01-01', 0n, 1_000_00n, 100_00n)];
    expect(investorReturn(flows, { on: '2027-01-01', isOver: false })).toEqual({
      ...{ realised: '10.0000', withCapital: '10.0000', cameBack: '1.100000', withCapitalTimes: '1.100000' },
    });
  });

  it('counts capital that is out apart, and not at all once the bond is over', () => {
    const flows = [flow('2026-01-01', 1_000_00n), flow('2027-01-01', 0n, 600_00n)];
    expect(investorReturn(flows, { on: '2027-01-01', isOver: false })).toEqual({
      ...{ realised: '-40.0000', withCapital: '0.0000', cameBack: '0.600000', withCapitalTimes: '1.000000' },
    });
    expect(investorReturn(flows, { on: '2027-01-01', isOver: true })).toEqual({
      ...{
        realised: '-40.0000',
        withCapital: '-40.0000',
        cameBack: '0.600000',
        withCapitalTimes: '0.600000',
      },
    });
    expect(investorReturn([], { on: '2027-01-01', isOver: false })).toEqual({
      ...{ realised: null, withCapital: null, cameBack: null, withCapitalTimes: null },
    });
  });
});
