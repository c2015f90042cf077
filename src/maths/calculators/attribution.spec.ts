import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributionRules } from '../attribution.js';
import { addDays } from '../day.js';
import { parseAmount, sum } from '../money.js';
import { calculateAttribution } from './attribution.js';
import { CalculatorProblem } from './calculator-problem.js';
import { calculate } from './calculate.js';

const contribution = (funder: string, on: string, amount: string, earmark: string | null = null) => ({
  funder,
  on,
  amount,
  earmark,
});
const disbursement = (on: string, amount: string, goal: string | null = null) => ({ on, amount, goal });
const attribution = (rule: string, contributions: object[], disbursements: object[], basisPoints = 0) =>
  calculateAttribution({
    currency: 'GBP',
    rule,
    contributions,
    disbursements,
    fees: { basisPoints, on: 'receipt' },
  });
const shareList = (shares: { funder: string; amount: string }[]) =>
  shares.map(({ funder, amount }) => `${funder} ${amount}`);

describe('the attribution of a history', () => {
  it('contributions of a day come before its disbursements, later ones do not pay for it', () => {
    const { disbursements } = attribution(
      'pro_rata',
      [
        contribution('A', '2025-01-01', '50.00'),
        contribution('B', '2025-01-02', '50.00'),
        contribution('C', '2025-01-03', '50.00'),
      ],
      [disbursement('2025-01-02', '10.00')],
    );
    expect(disbursements.map(({ shares }) => shareList(shares))).toEqual([['A 5.00', 'B 5.00']]);
  });

  it('disbursements are taken by date and answered in the order given', () => {
    const { disbursements } = attribution(
      'fifo',
      [contribution('A', '2025-01-01', '50.00'), contribution('B', '2025-01-01', '50.00')],
      [disbursement('2025-03-01', '50.00'), disbursement('2025-02-01', '50.00')],
    );
    expect(disbursements.map(({ shares }) => shareList(shares))).toEqual([['B 50.00'], ['A 50.00']]);
  });

  it('fifo takes contributions of one day in the order given', () => {
    const { disbursements, balances } = attribution(
      'fifo',
      [
        contribution('A', '2025-01-01', '10.00'),
        contribution('B', '2025-01-02', '10.00'),
        contribution('A', '2025-01-02', '10.00'),
      ],
      [disbursement('2025-02-01', '15.00')],
    );
    expect(disbursements.map(({ shares }) => shareList(shares))).toEqual([['A 10.00', 'B 5.00']]);
    expect(shareList(balances)).toEqual(['A 10.00', 'B 5.00']);
  });

  it('a funder has one share, and a balance for each earmark, in the order of its first contribution', () => {
    const { disbursements, balances } = attribution(
      'earmark_first',
      [
        contribution('B', '2025-01-05', '10.00'),
        contribution('A', '2025-01-01', '10.00', 'reading'),
        contribution('A', '2025-01-09', '10.00'),
        contribution('A', '2025-01-10', '5.00', 'reading'),
      ],
      [disbursement('2025-02-01', '25.00', 'reading')],
    );
    expect(disbursements.map(({ shares }) => shareList(shares))).toEqual([['A 20.00', 'B 5.00']]);
    expect(balances).toEqual([
      { funder: 'A', earmark: 'reading', amount: '0.00' },
      { funder: 'A', earmark: null, amount: '5.00' },
      { funder: 'B', earmark: null, amount: '5.00' },
    ]);
  });

  it('the fee is rounded half-even on each contribution', () => {
    const contributions = [contribution('A', '2025-01-01', '0.50'), contribution('B', '2025-01-01', '1.50')];
    expect(shareList(attribution('pro_rata', contributions, [], 100).balances)).toEqual(['A 0.50', 'B 1.48']);
  });

  it('short money names the disbursement and the shortfall', () => {
    const short = {
      currency: 'GBP',
      rule: 'fifo',
      contributions: [
        contribution('A', '2025-01-01', '100.00'),
        contribution('B', '2025-01-01', '9.00', 'housing'),
      ],
      disbursements: [disbursement('2025-02-01', '60.00'), disbursement('2025-03-01', '40.01', 'reading')],
    };
    expect(() => calculate('attribution', short)).toThrow(CalculatorProblem);
    expect(() => calculate('attribution', short)).toThrow(
      'The disbursement of 2025-03-01 (/disbursements/1) needs 40.01 GBP, but 40.00 is free for it: it is short by 0.01.',
    );
  });

  it('over any history: what came in less fees is what was paid and what is left', () => {
    const on = fc.integer({ min: 0, max: 20 }).map((offset) => addDays('2025-01-01', offset));
    const pence = fc
      .integer({ min: 0, max: 99_999 })
      .map((minor) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);
    const earmark = fc.constantFrom(null, 'reading', 'housing');
    const minor = (rows: { amount: string }[]) => sum(rows.map(({ amount }) => parseAmount(amount, 'GBP')));
    fc.assert(
      fc.property(
        fc.constantFrom(...attributionRules),
        fc.array(fc.record({ funder: fc.constantFrom('A', 'B', 'C'), on, amount: pence, earmark }), {
          maxLength: 12,
        }),
        fc.array(fc.record({ on, amount: pence, goal: earmark }), { maxLength: 4 }),
        (rule, contributions, wished) => {
          let payable: object[] = [];
          let answer = attribution(rule, contributions, payable);
          for (const wish of wished) {
            try {
              answer = attribution(rule, contributions, [...payable, wish]);
              payable = [...payable, wish];
            } catch (error) {
              expect(error).toMatchObject({ code: 'shortOfMoney' });
            }
          }
          answer.disbursements.forEach(({ shares }, index) => {
            expect(minor(shares)).toBe(minor([payable[index] as { amount: string }]));
          });
          const paid = answer.disbursements.flatMap(({ shares }) => shares);
          expect(minor(contributions)).toBe(minor(paid) + minor(answer.balances));
          expect(answer.balances.every(({ amount }) => !amount.startsWith('-'))).toBe(true);
        },
      ),
    );
  });
});
