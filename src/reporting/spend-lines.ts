import { parseAmount } from '../maths/money.js';
import { MathsError } from '../maths/maths-error.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError } from '../platform/errors/domain-error.js';
import type { SpendLineInput } from './spend-report.dto.js';

interface NewLine {
  goalId: string;
  amount: bigint;
  note: string;
}

/**
 * The lines of a report as they were sent, in minor units. One without an amount says that nothing was spent.
 * @throws ruleBroken, naming the line: a goal that is not to be reported on or stands there twice, an odd amount
 */
export function spendLinesOf(
  lines: readonly SpendLineInput[],
  { goals, currency }: { goals: readonly { id: string }[]; currency: string },
): NewLine[] {
  const seen = new Set<string>();
  return lines.map(({ goalId, amount, note }, index) => {
    if (!goals.some(({ id }) => id === goalId)) {
      throw fieldError('ruleBroken', `/lines/${index}/goalId`, 'Choose a goal that this report is about.');
    }
    if (seen.has(goalId)) {
      throw fieldError('ruleBroken', `/lines/${index}/goalId`, 'A goal has one line: add the amounts up.');
    }
    seen.add(goalId);
    return {
      goalId,
      amount: minorOf(amount ?? null, currency, `/lines/${index}/amount`),
      note: note ?? '',
    };
  });
}

function minorOf(amount: string | null, currency: string, pointer: string): bigint {
  if (amount === null) return 0n;
  try {
    return parseAmount(amount, currency);
  } catch (error) {
    if (error instanceof MathsError) throw fieldError('ruleBroken', pointer, error.detail);
    throw error;
  }
}

/** Makes the lines of a report these and no others. A line that says nothing is left out. */
export async function replaceLines(
  tx: Tx,
  report: { id: string; coalitionId: string },
  lines: readonly NewLine[],
): Promise<void> {
  const kept = lines.filter(({ amount, note }) => amount > 0n || note !== '');
  const goalIds = kept.map(({ goalId }) => goalId);
  await tx.run(`DELETE FROM spend_lines WHERE spend_report_id = $1 AND goal_id <> ALL ($2::uuid[])`, [
    report.id,
    goalIds,
  ]);
  await tx.run(
    `INSERT INTO spend_lines (coalition_id, spend_report_id, goal_id, amount, note)
     SELECT $1, $2, goal_id, amount, note FROM unnest($3::uuid[], $4::bigint[], $5::text[]) AS l (goal_id, amount, note)
     ON CONFLICT (spend_report_id, goal_id) DO UPDATE SET amount = excluded.amount, note = excluded.note`,
    [report.coalitionId, report.id, goalIds, kept.map(({ amount }) => amount), kept.map(({ note }) => note)],
  );
}
