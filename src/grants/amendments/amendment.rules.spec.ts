import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { InstalmentState } from '../instalment.rules.js';
import type { Trigger } from '../triggers/trigger.rules.js';
import {
  type Amendment,
  type GrantTerms,
  isOpen,
  isSamePlan,
  type PlanLine,
  replay,
} from './amendment.rules.js';

const line = (number: number, nominalOn: string, amount: bigint, more: Partial<PlanLine> = {}): PlanLine => ({
  id: `id-${number}`,
  number,
  nominalOn,
  dueOn: nominalOn,
  after: null,
  amount,
  uplift: 0n,
  state: 'planned',
  isAskedFor: false,
  ...more,
});

const agreement: Trigger = {
  ...{ event: 'documentReceived', conditionId: 'id-c', subject: 'the signed agreement', onDay: null },
  ...{ matchAmount: null, count: 10, unit: 'workingDays', expectedOn: '2027-06-30' },
};

/** 1,000.00: one paid, one asked for, two planned. */
const terms: GrantTerms = {
  award: 100_000n,
  startOn: '2027-01-01',
  endOn: '2028-12-31',
  lastNumber: 4,
  lines: [
    line(1, '2027-01-31', 25_000n, { state: 'paid' }),
    line(2, '2027-07-31', 25_000n, { state: 'due', isAskedFor: true }),
    line(3, '2028-01-31', 25_000n),
    line(4, '2028-07-31', 25_000n),
  ],
};

const work = (amendment: Amendment, of = terms) => replay(of, amendment, (day) => day);
const shown = (lines: readonly PlanLine[]) =>
  lines.map(({ number, nominalOn, amount }) => [number, nominalOn, amount]);
const slice = (nominalOn: string, amount: bigint, uplift = 0n) => ({
  ...{ nominalOn, amount, uplift },
  after: null,
});

function refusal(amendment: Amendment, of = terms): string {
  try {
    work(amendment, of);
  } catch (error) {
    if (error instanceof DomainError) return error.fields[0]!.pointer;
    throw error;
  }
  return 'nothing was refused';
}

describe('an amendment', () => {
  it('that tops up shares the difference over what is unpaid, and numbers what is new after what was', () => {
    const { award, replaced, made, lines } = work({ kind: 'topUp', award: 120_001n });
    expect(award).toBe(120_001n);
    expect(shown(replaced)).toEqual([
      [3, '2028-01-31', 25_000n],
      [4, '2028-07-31', 25_000n],
    ]);
    expect(shown(made)).toEqual([
      [5, '2028-01-31', 35_001n],
      [6, '2028-07-31', 35_000n],
    ]);
    expect(shown(lines).slice(0, 2)).toEqual([
      [1, '2027-01-31', 25_000n],
      [2, '2027-07-31', 25_000n],
    ]);
  });

  it('leaves an unpaid instalment that the new plan has too', () => {
    const slices = [slice('2028-01-31', 25_000n), slice('2028-10-31', 40_000n)];
    const { award, replaced, made } = work({ kind: 'topUp', slices });
    expect([award, shown(replaced), shown(made)]).toEqual([
      115_000n,
      [[4, '2028-07-31', 25_000n]],
      [[5, '2028-10-31', 40_000n]],
    ]);
  });

  it('scales the uplift with its instalment', () => {
    const of = {
      ...terms,
      lines: [...terms.lines.slice(0, 3), line(4, '2028-07-31', 25_000n, { uplift: 625n })],
    };
    const { made } = work({ kind: 'cut', award: 75_000n }, of);
    expect(made.map(({ amount, uplift }) => [amount, uplift])).toEqual([
      [12_500n, 0n],
      [12_500n, 312n],
    ]);
  });

  it('that cuts down to what is paid or under way leaves nothing planned', () => {
    const { award, made, lines } = work({ kind: 'cut', award: 50_000n });
    expect([award, made, lines.length]).toEqual([50_000n, [], 2]);
  });

  it('that extends the term may leave the plan as it is', () => {
    const { award, endOn, replaced, made } = work({ kind: 'noCostExtension', endOn: '2029-06-30' });
    expect([award, endOn, replaced, made]).toEqual([100_000n, '2029-06-30', [], []]);
  });

  it('that carries over moves money later', () => {
    const slices = [slice('2028-07-31', 25_000n), slice('2029-01-31', 25_000n)];
    const { made, replaced } = work({ kind: 'carryOver', endOn: '2029-03-31', slices });
    expect([shown(replaced), shown(made)]).toEqual([
      [[3, '2028-01-31', 25_000n]],
      [[5, '2029-01-31', 25_000n]],
    ]);
  });
});

describe('an amendment is refused, naming the field,', () => {
  it.each<[string, string, Amendment]>([
    ['below what is paid or under way', '/award', { kind: 'cut', award: 49_999n }],
    ['for a top-up that adds nothing', '/award', { kind: 'topUp', award: 100_000n }],
    ['for a top-up that is a cut', '/award', { kind: 'topUp', award: 90_000n }],
    ['for a cut that adds', '/award', { kind: 'cut', award: 110_000n }],
    ['for a top-up with another term', '/endOn', { kind: 'topUp', award: 110_000n, endOn: '2029-12-31' }],
    ['for an extension that ends no later', '/endOn', { kind: 'extension', endOn: '2028-12-31' }],
    [
      'for an extension that awards less',
      '/award',
      { kind: 'extension', endOn: '2029-12-31', award: 90_000n },
    ],
    [
      'for a no-cost extension that costs',
      '/award',
      { kind: 'noCostExtension', endOn: '2029-12-31', award: 100_001n },
    ],
    ['for a new schedule that changes nothing', '/instalments', { kind: 'reschedule' }],
    [
      'for a new schedule that adds',
      '/instalments',
      { kind: 'reschedule', slices: [slice('2028-01-31', 50_001n)] },
    ],
    [
      'for carrying over to an earlier day',
      '/instalments',
      { kind: 'carryOver', slices: [slice('2028-01-31', 50_000n)] },
    ],
    [
      'for a slice after the term',
      '/instalments/0/dueOn',
      { kind: 'reschedule', slices: [slice('2029-01-31', 50_000n)] },
    ],
    [
      'for a slice of nothing',
      '/instalments/1/amount',
      { kind: 'reschedule', slices: [slice('2028-01-31', 50_000n), slice('2028-02-29', 0n)] },
    ],
    [
      'for an uplift above its amount',
      '/instalments/0/uplift',
      { kind: 'reschedule', slices: [slice('2028-01-31', 50_000n, 50_001n)] },
    ],
    ['for a term that ends before an instalment', '/endOn', { kind: 'reschedule', endOn: '2028-06-30' }],
    [
      'for an award that its instalments do not come to',
      '/award',
      { kind: 'topUp', award: 150_000n, slices: [slice('2028-01-31', 60_000n)] },
    ],
  ])('%s', (_, pointer, amendment) => {
    expect(refusal(amendment)).toBe(pointer);
  });

  it('when nothing is unpaid and nobody says when more is paid', () => {
    const paid = { ...terms, award: 50_000n, lines: terms.lines.slice(0, 2) };
    expect(refusal({ kind: 'topUp', award: 60_000n }, paid)).toBe('/instalments');
  });
});

describe('the unpaid plan', () => {
  it('is the same while an instalment only comes due, and another once one is asked for or split', () => {
    const due = terms.lines.map((one) => (one.number === 3 ? { ...one, state: 'due' as const } : one));
    const asked = terms.lines.map((one) => (one.number === 3 ? { ...one, isAskedFor: true } : one));
    const split = [
      ...terms.lines.slice(0, 3),
      line(4, '2028-07-31', 10_000n),
      line(5, '2028-07-31', 15_000n),
    ];
    expect([due, asked, split].map((now) => isSamePlan(terms.lines, now))).toEqual([true, false, false]);
  });
});

const states: InstalmentState[] = ['planned', 'due', 'held', 'approved', 'inPayment', 'paid', 'returned'];
const anyTerms = fc
  .array(
    fc.record({
      amount: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      state: fc.constantFrom(...states),
      isAskedFor: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows): GrantTerms => {
    // Every third of those planned waits for something.
    const lines = rows.map(({ amount, ...more }, index) =>
      line(index + 1, addMonths('2027-01-31', index), amount, {
        ...more,
        ...(more.state === 'planned' && index % 3 === 0 ? { dueOn: null, after: agreement } : {}),
      }),
    );
    return {
      award: sum(lines.map(({ amount }) => amount)),
      startOn: '2027-01-01',
      endOn: '2030-12-31',
      lines,
      lastNumber: lines.length,
    };
  });
const anyAmendment = fc.oneof(
  fc.record({ kind: fc.constantFrom('topUp', 'cut'), award: fc.bigInt({ min: 1n, max: 10n ** 10n }) }),
  fc.record({
    kind: fc.constantFrom('topUp', 'cut', 'reschedule', 'carryOver', 'extension'),
    endOn: fc.constantFrom('2030-12-31', '2031-12-31'),
    slices: fc.array(
      fc.record({
        nominalOn: fc.integer({ min: 0, max: 40 }).map((months) => addMonths('2027-01-31', months)),
        amount: fc.bigInt({ min: 1n, max: 10n ** 9n }),
        uplift: fc.constant(0n),
        after: fc.constantFrom(null, agreement),
      }),
      { maxLength: 8 },
    ),
  }),
) as fc.Arbitrary<Amendment>;

describe('a slice that waits for something', () => {
  const waits = { dueOn: null, after: agreement };
  const withOne: GrantTerms = {
    ...terms,
    lines: [line(1, '2027-01-31', 25_000n, { state: 'paid' }), line(2, '2027-06-30', 75_000n, waits)],
    lastNumber: 2,
  };

  it('goes on waiting where its amount is changed, and has no due date', () => {
    const { made, lines } = work({ kind: 'topUp', award: 110_000n }, withOne);
    expect(made).toEqual([{ ...line(3, '2027-06-30', 85_000n), ...waits, id: null }]);
    expect(sum(lines.map(({ amount }) => amount))).toBe(110_000n);
  });

  it('stays itself where the new plan says the same of it, and not where it is given a day', () => {
    const half = { ...slice('2027-06-30', 75_000n), after: agreement };
    const rest = { kind: 'topUp', award: 110_000n } as const;
    expect(work({ ...rest, slices: [half, slice('2027-09-30', 10_000n)] }, withOne).replaced).toEqual([]);
    const dated = work(
      { ...rest, slices: [slice('2027-06-30', 75_000n), slice('2027-09-30', 10_000n)] },
      withOne,
    );
    expect(dated.replaced.map(({ number }) => number)).toEqual([2]);
    expect(dated.made.map(({ dueOn }) => dueOn)).not.toContain(null);
  });

  it('that happened after the term stays as it is, whatever else is amended', () => {
    const late = {
      ...withOne,
      lines: [withOne.lines[0]!, line(2, '2031-03-31', 75_000n, { after: agreement })],
    };
    const slices = [slice('2031-03-31', 75_000n), slice('2027-09-30', 10_000n)];
    expect(work({ kind: 'topUp', award: 110_000n, slices }, late).replaced).toEqual([]);
    expect(() =>
      work({ kind: 'topUp', award: 110_000n, slices: [slice('2031-04-01', 85_000n)] }, late),
    ).toThrow('outside the grant’s term');
  });

  it('makes a plan another one when it has its day', () => {
    const dated = [withOne.lines[0]!, line(2, '2027-06-30', 75_000n, { after: agreement })];
    expect(isSamePlan(withOne.lines, withOne.lines)).toBe(true);
    expect(isSamePlan(withOne.lines, dated)).toBe(false);
  });
});

describe('any history of amendments', () => {
  it('never touches what is paid or under way, and at every step the plan is the award', () => {
    let carriedOut = 0;
    fc.assert(
      fc.property(anyTerms, fc.array(anyAmendment, { minLength: 1, maxLength: 8 }), (first, amendments) => {
        let now = first;
        const fixed = first.lines.filter((one) => !isOpen(one));
        for (const amendment of amendments) {
          let next;
          try {
            next = work(amendment, now);
          } catch (error) {
            if (error instanceof DomainError) continue;
            throw error;
          }
          carriedOut += 1;
          expect(sum(next.lines.map(({ amount }) => amount))).toBe(next.award);
          expect(next.lines.filter((one) => fixed.includes(one))).toHaveLength(fixed.length);
          expect(next.replaced.every(isOpen)).toBe(true);
          expect(new Set(next.lines.map(({ number }) => number)).size).toBe(next.lines.length);
          now = {
            ...now,
            award: next.award,
            endOn: next.endOn,
            lines: next.lines,
            lastNumber: now.lastNumber + next.made.length,
          };
        }
      }),
    );
    expect(carriedOut).toBeGreaterThan(20);
  });
});
