import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../maths/money.js';
import { type CumulatedLine, type CumulatedReport, cumulate } from './cumulative.rules.js';

const quarters = [
  ['2027-01-01', '2027-03-31'],
  ['2027-04-01', '2027-06-30'],
  ['2027-07-01', '2027-09-30'],
] as const;

function report(index: number, figures: [bigint, bigint, bigint] | null): CumulatedReport {
  const [periodFrom, periodTo] = quarters[index % quarters.length]!;
  const [opening, received, spent] = figures ?? [null, null, null];
  const closing = figures && figures[0] + figures[1] - figures[2];
  const state = figures ? 'accepted' : 'draft';
  return { id: `r${index}`, periodFrom, periodTo, state, opening, received, spent, closing };
}

describe('what was reported of a grant in all', () => {
  it('has a column for each period and a row for each goal, and a draft tells nothing', () => {
    const reports = [
      report(0, [0n, 10_000_00n, 8_500_00n]),
      report(1, [1_500_00n, 10_000_00n, 400_50n]),
      report(2, null),
    ];
    const lines: CumulatedLine[] = [
      { reportId: 'r0', goalId: 'y', goal: 'Somewhere to go', amount: 8_000_00n },
      { reportId: 'r0', goalId: 's', goal: 'Ready for school', amount: 500_00n },
      { reportId: 'r1', goalId: 'y', goal: 'Somewhere to go', amount: 400_50n },
      { reportId: 'r2', goalId: 'y', goal: 'Somewhere to go', amount: 9_999_99n },
    ];
    expect(
      cumulate(reports, lines).map(({ kind, goal, amounts, total }) => [goal ?? kind, amounts, total]),
    ).toEqual([
      ['opening', [0n, 1_500_00n, null], 0n],
      ['received', [10_000_00n, 10_000_00n, null], 20_000_00n],
      ['Ready for school', [500_00n, 0n, null], 500_00n],
      ['Somewhere to go', [8_000_00n, 400_50n, null], 8_400_50n],
      ['spent', [8_500_00n, 400_50n, null], 8_900_50n],
      ['closing', [1_500_00n, 11_099_50n, null], 11_099_50n],
    ]);
  });

  it('is nothing before the first report', () => {
    expect(cumulate([report(0, null)], []).map(({ total }) => total)).toEqual([0n, 0n, 0n, 0n]);
  });

  it('closes in all with opening + received − spent, and spent is its goals, whatever was reported', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount, amount), { minLength: 1, maxLength: 8 }), (periods) => {
        let opening = 0n;
        const lines: CumulatedLine[] = [];
        const reports = periods.map(([received, a, b], index) => {
          const made = report(index, [opening, received, a + b]);
          opening = made.closing!;
          for (const [goal, part] of [
            ['a', a],
            ['b', b],
          ] as const)
            lines.push({ reportId: made.id, goalId: goal, goal, amount: part });
          return made;
        });
        const rows = cumulate(reports, lines);
        const total = (kind: string) => sum(rows.filter((row) => row.kind === kind).map((row) => row.total));
        expect(total('closing')).toBe(total('opening') + total('received') - total('spent'));
        expect(total('goal')).toBe(total('spent'));
      }),
    );
  });
});
