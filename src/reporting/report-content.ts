import { formatAmount } from '../maths/money.js';
import { plainDecimal } from '../maths/decimals.js';
import type { ReportedReadingsInput } from './readings/report-readings.dto.js';
import type { ReportContent, ReadingsContent } from './report-merge.rules.js';
import type { SaveSpendReport } from './spend-report.dto.js';
import type { SpendReport } from './spend-reports.read.js';

/** What a report says by now: a line for each of its goals, and everything that is read in it. */
export const contentOf = ({
  story,
  learning,
  goals,
  lines,
  readings,
  currency,
}: SpendReport): ReportContent => ({
  story,
  learning,
  lines: goals.map(({ id }) => {
    const line = lines.find(({ goalId }) => goalId === id);
    const amount = line && line.amount > 0n ? formatAmount(line.amount, currency) : '';
    return { goalId: id, amount, note: line?.note ?? '' };
  }),
  readings: readings
    .filter(({ series }) => series.formula === null)
    .map(({ series: { id }, source, method, note, values }) => ({
      ...{ seriesId: id, source, method, note },
      values: values.map(({ period, dimension, category, value }) => ({
        ...{ period, dimension, category, value: value ?? '' },
      })),
    })),
});

/** What a form sends is all there is: what was emptied is nothing. */
export const contentSent = ({ story, learning, lines, readings }: SaveSpendReport): ReportContent => ({
  story: story ?? '',
  learning: learning ?? '',
  lines: (lines ?? []).map(({ goalId, amount, note }) => ({
    goalId,
    amount: amount === undefined || amount === null || /^[0.]*$/.test(amount) ? '' : amount,
    note: note ?? '',
  })),
  readings: (readings ?? []).map(({ seriesId, source, method, note, values }) => ({
    ...{ seriesId, source: source ?? '', method: method ?? '', note: note ?? '' },
    values: (values ?? []).map(({ period, dimension, category, value }) => ({
      ...{ period, dimension: dimension ?? '', category: category ?? '' },
      value: value === undefined || value === null ? '' : plainDecimal(value),
    })),
  })),
});

/** Readings of a merge, as they are saved. */
export const toSave = (readings: readonly ReadingsContent[]): ReportedReadingsInput[] =>
  readings.map(({ values, ...said }) => ({
    ...said,
    values: values.map(({ value, ...place }) => ({ ...place, value: value === '' ? null : value })),
  }));
