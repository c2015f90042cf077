import { describe, expect, it } from '@jest/globals';
import type { InstalmentState } from '../instalment.rules.js';
import {
  type ClosingReport,
  finalReport,
  requireClosingDay,
  requireNothingUnderWay,
  requireNothingUnpaid,
  settle,
  termAfter,
  unpaidOf,
  unspentOf,
  whyApproval,
} from './closing.rules.js';

const slice = (number: number, state: InstalmentState, isAskedFor = state === 'paid') => ({
  number,
  state,
  amount: 100_00n,
  isAskedFor,
});
const report = (state: string, closing: bigint | null = null): ClosingReport => ({
  id: 'report',
  periodTo: '2027-12-31',
  state,
  closing,
});
const show = (minor: bigint): string => `£${minor / 100n}`;

describe('closing the work', () => {
  it('cancels what is not paid', () => {
    expect(unpaidOf([slice(1, 'paid'), slice(2, 'held'), slice(3, 'planned')])).toBe(200_00n);
    expect(unpaidOf([slice(1, 'paid')])).toBe(0n);
  });

  it('waits for payments that are asked for or under way', () => {
    expect(requireNothingUnderWay([slice(1, 'paid'), slice(2, 'due')])).toBeUndefined();
    expect(() => requireNothingUnderWay([slice(2, 'due', true)])).toThrow('instalment 2. Settle it');
    expect(() => requireNothingUnderWay([slice(2, 'approved', true), slice(3, 'due', true)])).toThrow(
      'instalments 2, 3',
    );
  });

  it('needs nobody else once the last report is accepted', () => {
    const said = (day: string) => day;
    expect(whyApproval(report('accepted'), said)).toBeNull();
    expect(whyApproval(report('submitted'), said)).toContain('until 2027-12-31, is not accepted');
    expect(whyApproval(null, said)).toContain('No report is asked');
    expect(finalReport(report('draft'))).toBeNull();
  });

  it('ends the term, which is never longer for it, nor shorter than a day', () => {
    const term = { startOn: '2027-01-01', endOn: '2027-12-31' };
    expect(termAfter(term, '2027-06-30')).toBe('2027-06-30');
    expect(termAfter(term, '2028-02-01')).toBe('2027-12-31');
    expect(termAfter(term, '2026-11-24')).toBe('2027-01-01');
  });

  it('happens between the last payment and today', () => {
    expect(requireClosingDay('2027-01-05', '2027-01-05', '2027-01-05')).toBeUndefined();
    expect(() => requireClosingDay('2027-01-06', null, '2027-01-05')).toThrow('was closed earlier');
    expect(() => requireClosingDay('2027-01-04', '2027-01-05', '2027-01-05')).toThrow('before that');
  });
});

describe('closing the money', () => {
  it('waits for what the bank sent back', () => {
    expect(requireNothingUnpaid([slice(1, 'paid')])).toBeUndefined();
    expect(() => requireNothingUnpaid([slice(1, 'paid'), slice(2, 'due')])).toThrow('instalment 2. Pay it');
  });

  const money = (closing: bigint | null, returned = 0n) => ({
    paid: 300_00n,
    returned,
    report: closing === null ? null : report('accepted', closing),
  });

  it('goes by the closing balance of the last report, less what came back', () => {
    expect(unspentOf(money(20_00n, 5_00n))).toBe(15_00n);
    expect(unspentOf(money(20_00n, 25_00n))).toBe(0n);
    expect(unspentOf(money(null))).toBeNull();
  });

  it('needs nobody else when nothing is unspent', () => {
    expect(settle(money(0n), undefined, show)).toEqual({ carriedOver: 0n, needsApproval: false });
    expect(settle(money(20_00n, 20_00n), undefined, show)).toEqual({ carriedOver: 0n, needsApproval: false });
    expect(() => settle(money(0n), 1n, show)).toThrow('Nothing is unspent');
  });

  it('carries over exactly what is unspent, if somebody else agrees', () => {
    expect(settle(money(20_00n), 20_00n, show)).toEqual({ carriedOver: 20_00n, needsApproval: true });
    expect(() => settle(money(20_00n), undefined, show)).toThrow('£20 is unspent. Record its return first');
    expect(() => settle(money(20_00n), 19_00n, show)).toThrow('exactly that');
  });

  it('asks what is unspent where no report says, and somebody else agrees', () => {
    expect(settle(money(null), 0n, show)).toEqual({ carriedOver: 0n, needsApproval: true });
    expect(() => settle(money(null), undefined, show)).toThrow('say what stays with the partner');
    expect(() => settle(money(null, 100_00n), 200_01n, show)).toThrow('No more than £200');
  });
});
