import { formatAmount } from '../../maths/money.js';
import { moneyAnswer } from '../../platform/http/answers.js';
import { csvText } from '../../platform/http/csv.js';
import type { FunderReport } from './funder-report.js';
import type { FunderReportAnswer } from './funder-report.dto.js';
import { reportHeadings } from './headings.js';

export const toFunderReportAnswer = ({
  organisationId,
  funder,
  settings,
  fiscalYear,
  reports,
  totals,
}: FunderReport): FunderReportAnswer => ({
  ...{ organisationId, funder, language: settings.language },
  ...{ fiscalYear: fiscalYear.label, from: fiscalYear.from, to: fiscalYear.to },
  reports: reports.map(({ currency, shareCurrency, rateMissing: _, lines, readings, ...report }) => ({
    ...report,
    readings: readings.map(({ places: __, ...reading }) => reading),
    lines: lines.map(({ goalId, goal, spent, share }) => ({
      ...{ goalId, goal, spent: moneyAnswer(spent, currency) },
      share: share === null ? null : moneyAnswer(share, shareCurrency),
    })),
  })),
  totals: totals.map(({ amount, currency }) => moneyAnswer(amount, currency)),
});

/** A row for each goal of each report, with headings in the funder’s language. */
export function funderReportCsv({ settings, fiscalYear, reports }: FunderReport): string {
  const words = reportHeadings[settings.language];
  return csvText([
    [
      ...[words.fiscalYear, words.period, '', words.partner, words.grant, words.goal],
      ...[words.spent, '', words.rate, words.yourShare, ''],
    ],
    ...reports.flatMap((report) =>
      report.lines.map(({ goal, spent, share }) => [
        ...[fiscalYear.label, report.periodFrom, report.periodTo, report.partner, report.grant, goal],
        ...[formatAmount(spent, report.currency), report.currency, report.rate ?? ''],
        ...[share === null ? '' : formatAmount(share, report.shareCurrency), report.shareCurrency],
      ]),
    ),
  ]);
}
