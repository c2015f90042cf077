/**
 * Something that must always hold, asked of the database in one statement. The statement answers one row:
 * how many things were `examined`, how many are `broken`, and an `example` of those.
 */
export interface Check {
  /** The rule, as a sentence: “every entry balances in each book”. */
  rule: string;
  sql: string;
}

/**
 * A check over the rows of `from`: `broken` is a SQL condition on them, `example` a SQL text that names one.
 */
export function everyRow(rule: string, from: string, broken: string, example: string): Check {
  return {
    rule,
    sql: `SELECT count(*)::int AS examined, count(*) FILTER (WHERE ${broken})::int AS broken,
            min((${example})::text) FILTER (WHERE ${broken}) AS example FROM ${from}`,
  };
}

export interface CheckResult {
  rule: string;
  examined: number;
  broken: number;
  example: string | null;
  milliseconds: number;
}

/** Runs checks one after another on a connection that sees every row. */
export async function runChecks(
  checks: Check[],
  query: (sql: string) => Promise<Omit<CheckResult, 'rule' | 'milliseconds'>[]>,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { rule, sql } of checks) {
    const started = performance.now();
    const [row] = await query(sql);
    if (!row) throw new Error(`The check “${rule}” answered nothing.`);
    results.push({ rule, ...row, milliseconds: performance.now() - started });
  }
  return results;
}

/** A line for each check: ✓ or ✗, the rule, how much was examined, and an example of what is broken. */
export function describeResults(results: CheckResult[]): string {
  const width = Math.max(...results.map(({ rule }) => rule.length));
  const lines = results.map(({ rule, examined, broken, example, milliseconds }) => {
    const mark = broken === 0 ? '✓' : '✗';
    const verdict = broken === 0 ? '' : `  ${broken} broken, for example ${example ?? '(unnamed)'}`;
    return `${mark} ${rule.padEnd(width)}  ${String(examined).padStart(9)} examined  ${milliseconds.toFixed(0).padStart(5)} ms${verdict}`;
  });
  const broken = results.filter((result) => result.broken > 0).length;
  const summary =
    broken === 0
      ? `All ${results.length} invariants hold.`
      : `${broken} of ${results.length} invariants are broken.`;
  return [...lines, summary].join('\n');
}
