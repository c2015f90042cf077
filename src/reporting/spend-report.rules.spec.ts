import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  balanceOf,
  daysLate,
  type Neighbour,
  openingAfter,
  requireAcceptedBefore,
  requireNothingBuiltOn,
  requireOtherThanSubmitter,
  requireStep,
  requireSubmittable,
  standingOf,
  type Submission,
} from './spend-report.rules.js';

const show = { day: (day: string) => day, money: (minor: bigint) => `£${minor}` };
const before: Neighbour = { state: 'accepted', period: '1 Jan – 31 Mar', closing: 1_500n };

describe('the balance of a report', () => {
  it('closes with what it opened with, and was received, and was not spent', () => {
    expect(balanceOf(1_500n, [{ amount: 10_000n }], [{ amount: 6_000n }, { amount: 2_500n }])).toEqual({
      opening: 1_500n,
      received: 10_000n,
      spent: 8_500n,
      closing: 3_000n,
    });
    expect(balanceOf(0n, [], [])).toEqual({ opening: 0n, received: 0n, spent: 0n, closing: 0n });
  });

  it('is not closed while its opening is not known', () => {
    expect(balanceOf(null, [{ amount: 500n }], [])).toEqual({
      opening: null,
      received: 500n,
      spent: 0n,
      closing: null,
    });
  });

  it('opens with 0, then with what the report before closed with, once that is handed in', () => {
    expect(openingAfter(null)).toBe(0n);
    expect(openingAfter(before)).toBe(1_500n);
    expect(openingAfter({ ...before, state: 'submitted' })).toBe(1_500n);
    expect(openingAfter({ ...before, state: 'returned', closing: null })).toBeNull();
    expect(openingAfter({ ...before, state: 'draft', closing: null })).toBeNull();
  });

  it('carries every penny from the first report to the last', () => {
    const amounts = fc.array(
      fc.bigInt({ min: 0n, max: 10n ** 12n }).map((amount) => ({ amount })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(amounts, amounts), { maxLength: 20 }), (periods) => {
        let closing = 0n;
        let received = 0n;
        let spent = 0n;
        for (const [payments, lines] of periods) {
          const balance = balanceOf(closing, payments, lines);
          closing = balance.closing!;
          received += balance.received;
          spent += balance.spent;
        }
        expect(closing).toBe(received - spent);
      }),
    );
  });
});

describe('a report', () => {
  it.each([
    ['draft', 'accept', 'A report that is draft cannot be accepted. It can be changed or submitted.'],
    ['submitted', 'save', 'A report that is submitted cannot be changed. It can be returned or accepted.'],
    ['accepted', 'return', 'A report that is accepted cannot be returned. It stays so.'],
  ] as const)('that is %s cannot %s', (state, step, sentence) => {
    expect(() => requireStep(state, step)).toThrow(sentence);
  });

  it('is reviewed by somebody else than who submitted it', () => {
    expect(() => requireOtherThanSubmitter('omar', 'omar')).toThrow('somebody else must review it');
    expect(() => requireOtherThanSubmitter('omar', 'bea')).not.toThrow();
  });

  it('is accepted after the one before, and returned before the one after', () => {
    expect(() => requireAcceptedBefore({ ...before, state: 'submitted' })).toThrow(
      'The report for 1 Jan – 31 Mar is submitted. Accept that one first',
    );
    expect(() => requireAcceptedBefore(before)).not.toThrow();
    expect(() => requireAcceptedBefore(null)).not.toThrow();
    expect(() => requireNothingBuiltOn({ ...before, state: 'submitted' })).toThrow('Return that one first.');
    expect(() => requireNothingBuiltOn({ ...before, state: 'draft' })).not.toThrow();
  });
});

describe('submitting', () => {
  const report: Submission = {
    ...balanceOf(1_500n, [{ amount: 10_000n }], [{ amount: 8_500n }]),
    periodTo: '2027-06-30',
    story: 'Two new evenings a week.',
    previous: before,
  };
  const refusal = (change: Partial<Submission>, today = '2027-07-05') => {
    try {
      requireSubmittable({ ...report, ...change }, today, show);
      return null;
    } catch (error) {
      const { detail, fields } = error as { detail: string; fields: { pointer: string }[] };
      return { detail, pointers: fields.map(({ pointer }) => pointer) };
    }
  };

  it('is possible from the last day of the period on', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({}, '2027-06-30')).toBeNull();
    expect(refusal({}, '2027-06-29')?.detail).toBe('The period ends on 2027-06-30: submit it from then on.');
  });

  it('waits for the report before', () => {
    expect(refusal({ opening: null, closing: null, previous: { ...before, state: 'draft' } })?.detail).toBe(
      'Submit the report for 1 Jan – 31 Mar first: this one opens with what that one closes with.',
    );
  });

  it('says by how much too much was spent', () => {
    expect(refusal(balanceOf(1_500n, [{ amount: 10_000n }], [{ amount: 12_700n }]))).toEqual({
      detail:
        'The report spends £1200 more than was received: £12700 of £1500 carried over and £10000 received. Lower the amounts.',
      pointers: ['/lines'],
    });
    expect(refusal(balanceOf(1_500n, [{ amount: 10_000n }], [{ amount: 11_500n }]))).toBeNull();
  });

  it('takes a story', () => {
    expect(refusal({ story: '' })?.pointers).toEqual(['/story']);
  });
});

describe('where a report stands', () => {
  const open = { state: 'draft' as const, periodTo: '2027-03-31', dueOn: '2027-04-30' };
  it.each([
    ['2027-03-31', 'upcoming', 0],
    ['2027-04-01', 'due', 0],
    ['2027-04-30', 'due', 0],
    ['2027-05-01', 'overdue', 1],
    ['2027-05-14', 'overdue', 14],
  ])('on %s: %s, %d days late', (today, standing, late) => {
    expect(standingOf(open, today)).toBe(standing);
    expect(daysLate(open, today)).toBe(late);
  });

  it('a returned report is late too, one that was handed in is not', () => {
    expect(daysLate({ ...open, state: 'returned' }, '2027-05-14')).toBe(14);
    expect(daysLate({ ...open, state: 'submitted' }, '2027-05-14')).toBe(0);
    expect(standingOf({ ...open, state: 'accepted' }, '2027-05-14')).toBe('accepted');
  });
});
