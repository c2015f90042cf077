import type { ScheduleLine } from './grant-view.js';

/** Lines of a schedule that stand together on the term's timeline: one, or several of the same state. */
export type TermMark = readonly [ScheduleLine, ...ScheduleLine[]];

const foldable = ['paid', 'planned'];
const fewestFolded = 3;

/**
 * Folds what is long past and far ahead, so that a term of twenty instalments can be seen at once: of those paid
 * the last `near` stand alone, of those planned the next `near`; the others become one mark, if they are three at
 * least. What needs somebody (due, held, approved), or waits for something to
 * happen, always stands alone.
 */
export function foldTerm(lines: readonly ScheduleLine[], near = 4): TermMark[] {
  const runs = runsOf(lines);
  return runs.flatMap((run): TermMark[] => {
    const alone = run.map((line): TermMark => [line]);
    if (!foldable.includes(run[0].state) || run.length < near + fewestFolded) return alone;
    if (run[0].state === 'paid') return [fold(run.slice(0, -near)), ...alone.slice(-near)];
    return [...alone.slice(0, near), fold(run.slice(near))];
  });
}

const fold = ([first, ...rest]: readonly ScheduleLine[]): TermMark => [first!, ...rest];

function runsOf(lines: readonly ScheduleLine[]): TermMark[] {
  const runs: [ScheduleLine, ...ScheduleLine[]][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0].state === line.state && last[0].dueOn !== null && line.dueOn !== null) last.push(line);
    else runs.push([line]);
  }
  return runs;
}
