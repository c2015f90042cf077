import { formatAmount } from '../maths/money.js';
import type { SaveSpendReport } from './spend-report.dto.js';
import type { ReportContent } from './report-merge.rules.js';
import type { SpendReport } from './spend-reports.read.js';

/** What a report says by now: a line for each of its goals. */
export const contentOf = ({ story, learning, goals, lines, currency }: SpendReport): ReportContent => ({
  story,
  learning,
  lines: goals.map(({ id }) => {
    const line = lines.find(({ goalId }) => goalId === id);
    const amount = line && line.amount > 0n ? formatAmount(line.amount, currency) : '';
    return { goalId: id, amount, note: line?.note ?? '' };
  }),
});

/** What a form sends is all there is: what was emptied is nothing. */
export const contentSent = ({ story, learning, lines }: SaveSpendReport): ReportContent => ({
  story: story ?? '',
  learning: learning ?? '',
  lines: (lines ?? []).map(({ goalId, amount, note }) => ({
    goalId,
    amount: amount === undefined || amount === null || /^[0.]*$/.test(amount) ? '' : amount,
    note: note ?? '',
  })),
});
