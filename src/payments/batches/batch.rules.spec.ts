import { describe, expect, it } from '@jest/globals';
import { holidayCalendar } from '../../maths/business-day.js';
import {
  type Candidate,
  firstExecutionDay,
  remittanceOf,
  requireBatchable,
  requireBatchMove,
  requireExecutionDay,
} from './batch.rules.js';

const england = holidayCalendar('GB-ENG');
const refusedAt = (pointer: string, message: string) =>
  expect.objectContaining({
    code: 'ruleBroken',
    fields: [expect.objectContaining({ pointer, message: expect.stringContaining(message) as unknown })],
  });

describe('the day on which the bank is to pay', () => {
  it.each([
    ['2026-11-23', 'in the past'],
    ['2026-11-28', 'next they pay on is 2026-11-30'],
    ['2026-12-25', 'next they pay on is 2026-12-29'],
    ['2028-01-03', 'a year ahead'],
  ])('is not %s', (day, words) => {
    expect(() => requireExecutionDay(day, '2026-11-24', england)).toThrow(refusedAt('/executionOn', words));
  });

  it('is today, or the next business day', () => {
    expect(() => requireExecutionDay('2026-11-24', '2026-11-24', england)).not.toThrow();
    expect(firstExecutionDay('2026-11-24', england)).toBe('2026-11-24');
    expect(firstExecutionDay('2026-12-25', england)).toBe('2026-12-29');
  });
});

const payment: Candidate = {
  disbursementId: 'a',
  state: 'approved',
  batchNumber: null,
  grantReference: 'G-1',
  instalmentNumber: 2,
  payee: 'Stream',
  hasAccount: true,
};

describe('a payment', () => {
  it.each<[Partial<Candidate>, string]>([
    [{ state: 'proposed' }, 'the payment is proposed, not approved'],
    [{ batchNumber: 7 }, 'is in batch 7 already'],
    [{ hasAccount: false }, 'Stream has no bank account that may be used on 2026-11-27'],
  ])('with %j does not go into a batch', (more, words) => {
    expect(() => requireBatchable(['a'], [{ ...payment, ...more }], '2026-11-27')).toThrow(
      refusedAt('/disbursementIds/0', words),
    );
  });

  it('is named by its place among those asked for', () => {
    expect(() => requireBatchable(['a', 'b'], [payment], '2026-11-27')).toThrow(
      refusedAt('/disbursementIds/1', 'not a payment of the pool'),
    );
    expect(() => requireBatchable(['a'], [payment], '2026-11-27')).not.toThrow();
  });

  it('says what it is for in 140 characters', () => {
    const said = remittanceOf({
      ...{ grantReference: 'G-1', instalmentNumber: 2, grantTitle: 'Core – '.repeat(40), pool: 'River' },
    });
    expect(said).toMatch(/^G-1 instalment 2, Core - Core/);
    expect(said.length).toBeLessThanOrEqual(140);
  });
});

describe('a batch', () => {
  it.each([
    ['open', 'released'],
    ['released', 'sent'],
    ['released', 'withdrawn'],
    ['sent', 'done'],
  ] as const)('that is %s can become %s', (from, to) => {
    expect(() => requireBatchMove(from, to)).not.toThrow();
  });

  it.each([
    ['sent', 'withdrawn'],
    ['open', 'sent'],
    ['withdrawn', 'released'],
  ] as const)('that is %s cannot become %s', (from, to) => {
    expect(() => requireBatchMove(from, to)).toThrow(expect.objectContaining({ code: 'stateForbids' }));
  });
});
