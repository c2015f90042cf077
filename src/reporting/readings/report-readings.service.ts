import { Injectable } from '@nestjs/common';
import type { ReadingInput } from '../../goals/readings/reading.rules.js';
import { ReadingsService } from '../../goals/readings/readings.service.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, type FieldError, fieldError } from '../../platform/errors/domain-error.js';
import type { SpendReport } from '../spend-reports.read.js';
import { cellKey, noLongerAsked, toTake } from './report-readings.rules.js';
import type { ReportedSeries } from './report-readings.read.js';
import { settleReadings } from './report-readings.write.js';

const again = 'Changed when the report was submitted again.';

/** What a report says was read becomes readings, once it counts. */
@Injectable()
export class ReportReadingsService {
  constructor(private readonly readings: ReadingsService) {}

  /**
   * Takes what a report says otherwise than before as readings: of a report when it is handed in, of a correction when it
   * is accepted. What stood before is superseded, never overwritten.
   * @throws ruleBroken naming each field that is refused
   */
  async take(tx: Tx, report: SpendReport, recordedBy: string | null): Promise<void> {
    await this.each(tx, report, (ref, sent) =>
      this.readings.recordOfReport(tx, ref, { spendReportId: report.id, recordedBy }, sent),
    );
    await settleReadings(tx, report);
  }

  /** Refuses what `take` would refuse, so that nobody reviews it in vain. @throws as it does */
  check(tx: Tx, report: SpendReport): Promise<void> {
    return this.each(tx, report, (ref, sent) => this.readings.checkOfReport(tx, ref, sent));
  }

  private async each(
    tx: Tx,
    report: SpendReport,
    act: (
      ref: ReportedSeries['series'],
      sent: { readings: ReadingInput[]; pointerOf: (index: number) => string },
    ) => Promise<void>,
  ): Promise<void> {
    const wrong: FieldError[] = [];
    const entered = report.readings
      .map((one, index) => ({ one, index }))
      .filter(({ one }) => one.series.formula === null)
      // In one order, whoever hands in what: neither of two waits for the other.
      .toSorted((a, b) => (a.one.series.id < b.one.series.id ? -1 : 1));
    for (const { one, index } of entered) {
      const { readings, places } = pending(one, report.correctionReason ?? again);
      if (readings.length === 0) continue;
      const pointerOf = (at: number) => `/readings/${index}/values/${places[at]}`;
      try {
        requireStillRead(one, report, { pointerOf, index });
        await act(one.series, { readings, pointerOf });
      } catch (error) {
        if (!(error instanceof DomainError) || error.fields.length === 0) throw error;
        wrong.push(...error.fields.map(inForm));
      }
    }
    const [first] = wrong;
    if (!first) return;
    throw new DomainError(
      'ruleBroken',
      wrong.length === 1 ? first.message : `${wrong.length} readings cannot be taken. ${first.message}`,
      wrong,
    );
  }
}

/** @throws ruleBroken naming a value that is read no more, or in another report */
function requireStillRead(
  { series, values }: ReportedSeries,
  report: SpendReport,
  { pointerOf, index }: { pointerOf: (at: number) => string; index: number },
): void {
  if (series.retiredAt !== null) {
    const sentence = `${series.name} is retired, and read no more. Leave it empty.`;
    throw fieldError('ruleBroken', `${pointerOf(0)}/value`, sentence);
  }
  const moved = noLongerAsked(values, series, report);
  if (moved < 0) return;
  const sentence = `${values[moved]!.period} does not end in this report any more: say it in the one in which it does, and leave it empty here.`;
  throw fieldError('ruleBroken', `/readings/${index}/values/${moved}/value`, sentence);
}

/** What of a series is to be taken, and where each stands among its values. */
function pending(
  { values, source, method, note }: ReportedSeries,
  reason: string,
): { readings: ReadingInput[]; places: number[] } {
  const at = (key: string) => values.findIndex((value) => cellKey(value) === key);
  const taken = toTake(values, (cell) => values[at(cellKey(cell))]?.standing ?? undefined, reason);
  return {
    readings: taken.map(({ cell: { period, dimension, category, value }, reason: why }) => ({
      ...{ period, dimension, category, value, source, method, note: note || why },
    })),
    places: taken.map(({ cell }) => at(cellKey(cell))),
  };
}

/** Source and note are said once for all values of a series; a period is no field, so it is said at its value. */
const inForm = ({ pointer, ...error }: FieldError): FieldError => ({
  ...error,
  pointer: pointer
    .replace(/\/values\/\d+\/(source|method|note)$/, '/$1')
    .replace(/(\/values\/\d+)(\/(period|category))?$/, '$1/value'),
});
