import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, type FieldError, fieldError } from '../../platform/errors/domain-error.js';
import type { Access } from '../../platform/http/request.js';
import { seriesKinds, type Series, type SeriesRef } from '../series/series.js';
import { lockSeries } from '../series/series.read.js';
import { parseReadingTable, refused } from './reading-table.js';
import {
  type CurrentReading,
  type Judgement,
  judgeReading,
  type NewReading,
  type ReadingInput,
  readingKey,
  type ReadingVia,
} from './reading.rules.js';
import { standingReadings } from './readings.read.js';
import type { ReportOfReadings } from './report-readings.js';

/** What became of one reading of many. */
export interface ReadingOutcome {
  state: Judgement['state'] | 'refused';
  /** The reading that stands now. */
  id: string | null;
  error: FieldError | null;
}

/** Readings that are sent together. */
export interface Recording {
  readings: readonly ReadingInput[];
  via: ReadingVia;
  mode: BulkMode;
  /** Where each stands in what was sent. */
  pointerOf?: (index: number) => string;
}

/** `atomic` takes all or none; `perItem` takes those that it can. */
export type BulkMode = 'atomic' | 'perItem';

/** Takes readings, by form, paste, file and API: written down once, corrected by another, never overwritten. */
@Injectable()
export class ReadingsService {
  /**
   * Takes many readings of one series, in their order.
   * @throws forbidden; stateForbids where it is calculated or retired; ruleBroken naming each reading that is refused
   */
  async record(
    tx: Tx,
    ref: SeriesRef,
    access: Access,
    { readings, via, mode, pointerOf }: Recording,
  ): Promise<ReadingOutcome[]> {
    const series = await lockSeries(tx, ref);
    requireRecorder(tx, series, access);
    const { outcomes, taken } = await judgeAll(tx, series, { readings, pointerOf });
    if (mode === 'atomic') requireNoneRefused(outcomes);
    await this.write(tx, series, { via, spendReportId: null, recordedBy: tx.actor.personId ?? null }, taken);
    return outcomes;
  }

  /**
   * Takes what a spend report says of one series, all or none. Whether its organisation reads it is for the report to say.
   * @throws stateForbids where it is calculated or retired; ruleBroken naming each reading that is refused
   */
  async recordOfReport(
    tx: Tx,
    ref: SeriesRef,
    report: ReportOfReadings,
    sent: Pick<Recording, 'readings' | 'pointerOf'>,
  ): Promise<void> {
    const series = await lockSeries(tx, ref);
    const { outcomes, taken } = await judgeAll(tx, series, sent);
    requireNoneRefused(outcomes);
    await this.write(tx, series, { via: 'report', ...report }, taken);
  }

  /** Refuses what `recordOfReport` would refuse, and takes nothing. @throws as it does */
  async checkOfReport(
    tx: Tx,
    ref: SeriesRef,
    sent: Pick<Recording, 'readings' | 'pointerOf'>,
  ): Promise<void> {
    const { outcomes } = await judgeAll(tx, await lockSeries(tx, ref), sent);
    requireNoneRefused(outcomes);
  }

  /** Takes one reading. @throws as `record`, naming its fields */
  async recordOne(
    tx: Tx,
    ref: SeriesRef,
    access: Access,
    reading: ReadingInput,
    via: ReadingVia,
  ): Promise<ReadingOutcome> {
    const recording: Recording = { readings: [reading], via, mode: 'atomic', pointerOf: () => '' };
    const [outcome] = await this.record(tx, ref, access, recording);
    return outcome!;
  }

  /**
   * Takes readings from a table, all or none.
   * @throws as `record`, naming the lines of the table
   */
  async recordTable(
    tx: Tx,
    ref: SeriesRef,
    access: Access,
    { text, via, correction }: { text: string; via: 'paste' | 'csv'; correction?: string | null },
  ): Promise<ReadingOutcome[]> {
    const { disaggregation } = await lockSeries(tx, ref);
    const lines = parseReadingTable(text, disaggregation);
    const readings = lines.map(({ line: _, ...reading }) => ({
      ...reading,
      note: reading.note ?? correction ?? null,
    }));
    const outcomes = await this.record(tx, ref, access, { readings, via, mode: 'perItem' });
    const wrong = outcomes.flatMap(({ error }, index) =>
      error ? [refused(lines[index]!.line, error.message)] : [],
    );
    if (wrong.length === 0) return outcomes;
    const detail =
      wrong.length === 1 ? wrong[0]!.message : `${wrong.length} lines cannot be taken. ${wrong[0]!.message}`;
    throw new DomainError('ruleBroken', detail, wrong);
  }

  private async write(
    tx: Tx,
    series: Series,
    { via, spendReportId, recordedBy }: Origin,
    taken: readonly Taken[],
  ): Promise<void> {
    if (taken.length === 0) return;
    const { kind, id, coalitionId } = series;
    const rows = taken.map(({ id: readingId, reading: { period, supersedesId, ...reading } }) => ({
      ...{ id: readingId, period_key: period.key, period_to: period.to, supersedes_id: supersedesId },
      ...reading,
    }));
    await tx.run(
      `INSERT INTO readings (id, coalition_id, ${seriesKinds[kind].column}, period_key, period_to, dimension, category, value,
         source, method, note, supersedes_id, via, recorded_by, recorded_at, spend_report_id)
       SELECT id, $2, $3, period_key, period_to, dimension, category, value, source, method, note, supersedes_id, $4, $5, $6, $7
       FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, period_key text, period_to date, dimension text, category text,
         value numeric, source text, method text, note text, supersedes_id uuid)`,
      [JSON.stringify(rows), coalitionId, id, via, recordedBy, tx.now, spendReportId],
    );
    const after = {
      readings: taken.map(({ reading: { period, category, value } }) => ({
        period: period.key,
        category,
        value,
      })),
    };
    await audit(tx, { coalitionId, action: `${kind}.read`, subject: { kind, id }, after });
  }
}

/** A reading that is to be written down. */
interface Taken {
  id: string;
  reading: NewReading;
}

/** How readings came in, and by whom. */
interface Origin {
  via: ReadingVia;
  spendReportId: string | null;
  recordedBy: string | null;
}

/** What becomes of readings of a series that is locked, in their order. */
async function judgeAll(
  tx: Tx,
  series: Series,
  { readings, pointerOf = (index) => `/readings/${index}` }: Pick<Recording, 'readings' | 'pointerOf'>,
): Promise<{ outcomes: ReadingOutcome[]; taken: Taken[] }> {
  requireReadable(series);
  const standing = await standingReadings(tx, series);
  const { today } = await coalitionCalendar(tx, series.coalitionId);
  const current = new Map<string, CurrentReading>(
    standing.map((reading) => [readingKey(reading.periodKey, reading), reading]),
  );
  const taken: Taken[] = [];
  const named = new Set<string>();
  const outcomes = readings.map((input, index): ReadingOutcome => {
    const pointer = pointerOf(index);
    try {
      const judgement = judgeReading(series, input, pointer, { today, currentOf: (key) => current.get(key) });
      if (judgement.state === 'unchanged') return { ...judgement, error: null };
      const { reading } = judgement;
      const key = readingKey(reading.period.key, reading);
      if (named.has(key))
        throw fieldError('ruleBroken', pointer, `${reading.period.key} is named twice in what was sent.`);
      named.add(key);
      const id = newId();
      taken.push({ id, reading });
      return { state: judgement.state, id, error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { state: 'refused', id: null, error: error.fields[0]! };
    }
  });
  return { outcomes, taken };
}

/** The backbone reads everything; whoever is responsible, or delivers the programme, reads their own. */
export const mayRecord = (
  { responsibleId, organisationId }: Pick<Series, 'responsibleId' | 'organisationId'>,
  access: Access,
  personId: string | null | undefined,
): boolean =>
  access.roles.includes('backbone') ||
  (responsibleId !== null && responsibleId === personId) ||
  (organisationId !== null &&
    access.roles.includes('partner') &&
    access.organisationIds.includes(organisationId));

function requireRecorder(tx: Tx, series: Series, access: Access): void {
  if (mayRecord(series, access, tx.actor.personId)) return;
  const who = series.responsible === null ? 'the backbone' : `the backbone or ${series.responsible}`;
  throw new DomainError('forbidden', `This is read by ${who}.`);
}

function requireReadable({ formula, name, kind, retiredAt }: Series): void {
  if (formula !== null) {
    const sentence = `${name} is calculated from others, so nothing is read into it by hand. Read what it is calculated from.`;
    throw new DomainError('stateForbids', sentence);
  }
  if (retiredAt !== null)
    throw new DomainError('stateForbids', `The ${seriesKinds[kind].word} is retired, and read no more.`);
}

function requireNoneRefused(outcomes: readonly ReadingOutcome[]): void {
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  if (errors.length === 0) return;
  const detail =
    errors.length === 1
      ? errors[0]!.message
      : `${errors.length} readings cannot be taken. ${errors[0]!.message}`;
  throw new DomainError('ruleBroken', detail, errors);
}
