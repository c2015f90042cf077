import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, daysBetween } from './day.js';
import { type Flow, xirr } from './xirr.js';

const CASES = 1200;
const SEED = 20_261;

/** Is Gnumeric's converter, a spreadsheet without a window, on this machine? */
const hasSpreadsheet = (() => {
  try {
    execFileSync('ssconvert', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** One to six drawdowns, then what came back of them over some years, which may be next to nothing. */
const investment = fc
  .record({
    drawdowns: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 100, max: 5_000_000 })),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    returns: fc.array(fc.tuple(fc.integer({ min: 30, max: 2000 }), fc.integer({ min: 1, max: 1000 })), {
      minLength: 1,
      maxLength: 9,
    }),
    // Of what was paid in, in millionths: deep losses, losses and gains.
    back: fc.oneof(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 20_000, max: 1_000_000 }),
      fc.integer({ min: 1_000_000, max: 3_000_000 }),
    ),
  })
  .map(({ drawdowns, returns, back }): Flow[] => {
    const paidIn = drawdowns.reduce((total, [, amount]) => total + amount, 0);
    const parts = returns.reduce((total, [, part]) => total + part, 0);
    const on = (offset: number) => addDays('2015-03-01', offset);
    return [
      ...drawdowns
        .toSorted(([a], [b]) => a - b)
        .map(([offset, amount]) => ({ on: on(offset), amount: BigInt(-amount) })),
      ...returns.map(([offset, part]) => ({
        on: on(700 + offset),
        amount: 1n + (BigInt(paidIn) * BigInt(back) * BigInt(part)) / BigInt(parts * 1_000_000),
      })),
    ];
  });

/** Flows in both directions at any time, so that there may be no rate, or several. */
const anything = fc.array(
  fc.record({
    on: fc.integer({ min: 0, max: 100 }).map((month) => addDays('2015-03-01', 30 * month)),
    amount: fc.integer({ min: -1_000_000, max: 1_000_000 }).map(BigInt),
  }),
  { minLength: 2, maxLength: 10 },
);

const cases = fc.sample(fc.oneof({ weight: 5, arbitrary: investment }, { weight: 1, arbitrary: anything }), {
  numRuns: CASES,
  seed: SEED,
});

/**
 * The rate near to one, by nothing but halving in floating point: another way than that of the maths. Nothing, if the
 * present value does not change its sign there.
 */
function bisect(flows: Flow[], near: number): number | undefined {
  const days = flows.map(({ on }) => daysBetween('2015-03-01', on));
  const first = Math.min(...days);
  const terms = flows.map(({ amount }, index) => [Number(amount), (first - days[index]!) / 365] as const);
  const isNegative = (growth: number) =>
    terms.reduce((total, [amount, years]) => total + amount * growth ** years, 0) < 0;

  const width = Math.min(1e-3 * (1 + Math.abs(near)), (1 + near) / 2);
  let [low, high] = [1 + near - width, 1 + near + width];
  const below = isNegative(low);
  if (isNegative(high) === below) return undefined;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (isNegative(middle) === below) low = middle;
    else high = middle;
  }
  return low - 1;
}

/** What the spreadsheet's XIRR makes of each case; nothing where it gives up. */
function spreadsheetRates(given: Flow[][]): (number | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-xirr-'));
  try {
    const [asked, answered] = [join(folder, 'asked.csv'), join(folder, 'answered.csv')];
    writeFileSync(asked, given.map(sheetRow).join('\n') + '\n');
    // Percentages and dates as plain numbers, with all their digits.
    const output = ['-T', 'Gnumeric_stf:stf_assistant', '-O', 'format=raw separator=,'];
    execFileSync('ssconvert', ['--recalc', ...output, asked, answered], { stdio: 'ignore' });
    const rows = readFileSync(answered, 'utf8').trim().split('\n');
    return rows.map((row, index) => {
      const answer = row.split(',')[2 * given[index]!.length]!;
      return /^-?[\d.]+(e[-+]?\d+)?$/i.test(answer) ? Number(answer) : undefined;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The amounts, the days as a spreadsheet counts them, and the formula. */
function sheetRow(flows: Flow[], index: number): string {
  const at = (column: number) => `${columnName(column)}${index + 1}`;
  const last = flows.length - 1;
  const formula = `"=XIRR(${at(0)}:${at(last)},${at(last + 1)}:${at(2 * last + 1)})"`;
  const days = flows.map(({ on }) => daysBetween('1899-12-30', on));
  return [...flows.map(({ amount }) => amount), ...days, formula].join(',');
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

const rootsOf = (flows: Flow[]): number[] => {
  const answer = xirr(flows);
  if (answer.rate !== null) return [Number(answer.rate)];
  return answer.reason === 'not unique' ? answer.roots.map(Number) : [];
};
const agree = (ours: number, theirs: number) => Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours));

describe(`XIRR of ${CASES} investments made up at random`, () => {
  const answers = cases.map((flows) => ({ flows, roots: rootsOf(flows) }));
  const rates = answers.flatMap(({ roots }) => (roots.length === 1 ? roots : []));

  it('holds gains, losses, deep losses and flows without a single rate', () => {
    expect(rates.length).toBeGreaterThan(1000);
    expect(rates.filter((rate) => rate > 0).length).toBeGreaterThan(200);
    expect(rates.filter((rate) => rate < 0).length).toBeGreaterThan(200);
    expect(rates.filter((rate) => rate < -0.9).length).toBeGreaterThan(100);
    expect(answers.filter(({ roots }) => roots.length > 1).length).toBeGreaterThan(20);
    expect(answers.filter(({ roots }) => roots.length === 0).length).toBeGreaterThan(20);
  });

  it('every rate is where halving finds the present value to be zero', () => {
    const off = answers.flatMap(({ flows, roots }) =>
      roots.flatMap((rate) => {
        // A loss so deep that it is -100 % to ten places is beyond floating point.
        if (rate === -1) return [];
        const halved = bisect(flows, rate);
        return halved !== undefined && agree(rate, halved) ? [] : [{ flows, rate, halved }];
      }),
    );
    expect(off).toEqual([]);
  });

  if (hasSpreadsheet) {
    it('is what a spreadsheet says, wherever it says anything', () => {
      const sheet = spreadsheetRates(cases);
      const compared = answers.flatMap(({ flows, roots }, index) => {
        const rate = sheet[index];
        return rate === undefined ? [] : [{ flows, roots, rate }];
      });
      expect(compared.filter(({ roots, rate }) => !roots.some((root) => agree(root, rate)))).toEqual([]);
      const unique = compared.filter(({ roots }) => roots.length === 1);
      expect(unique.length).toBeGreaterThan(900);
      expect(unique.filter(({ rate }) => rate < -0.9).length).toBeGreaterThan(50);
    });
  } else {
    it('was not compared with a spreadsheet: ssconvert (Debian package gnumeric) is not here', () => {
      expect(hasSpreadsheet).toBe(false);
    });
  }
});
