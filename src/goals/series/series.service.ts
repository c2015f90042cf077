import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Parameter, Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { callOff } from '../../platform/queue/occurrences.js';
import { readParts } from '../readings/readings.read.js';
import { planFirstReminders } from '../readings/plan-reminders.js';
import type { AddMeasure } from '../measures/measure.dto.js';
import type { AddSeries, ChangeSeries, InputOfSeries, SetTrajectory, WholeSeries } from './series.dto.js';
import {
  changedTerms,
  type InputTerms,
  requireInputs,
  requireKeptParts,
  requirePoints,
  requireTerms,
} from './series.rules.js';
import { columnsOf, insertInputs, insertPoints } from './series.write.js';
import { inputsOf, lockSeries, readSeries, trajectoriesOf } from './series.read.js';
import {
  type Series,
  seriesKinds,
  type SeriesKind,
  type SeriesRef,
  type SeriesTerms,
  type Trajectory,
  usualBands,
} from './series.js';

/** Indicators and performance measures: what is measured, where it should be, and when it is measured no more. */
@Injectable()
export class SeriesService {
  /** @throws ruleBroken naming the field; alreadyExists where the name is taken */
  addIndicator(tx: Tx, goalId: string, command: AddSeries): Promise<WholeSeries> {
    return this.add(tx, 'indicator', goalId, command, {});
  }

  /** @throws ruleBroken naming the field; alreadyExists where the name is taken */
  async addMeasure(tx: Tx, goalId: string, command: AddMeasure): Promise<WholeSeries> {
    const { measureKind, programme, organisationId = null, ...terms } = command;
    if (organisationId !== null) await requireOrganisation(tx, goalId, organisationId);
    const own = { kind: measureKind, programme, organisation_id: organisationId };
    return this.add(tx, 'measure', goalId, terms, own);
  }

  /** A series whole: with its targets, and what it is calculated from. @throws notFound */
  async read(tx: Tx, ref: SeriesRef): Promise<WholeSeries> {
    const series = await readSeries(tx, ref);
    const trajectory = (await trajectoriesOf(tx, ref.kind, [ref.id])).get(ref.id)!;
    const inputs = (await inputsOf(tx, ref.kind, [ref.id])).get(ref.id) ?? [];
    return { series, trajectory, inputs };
  }

  /** @throws staleVersion, stateForbids where it is retired, ruleBroken naming the field, alreadyExists */
  async change(tx: Tx, ref: SeriesRef, version: number, command: ChangeSeries): Promise<WholeSeries> {
    const series = await this.lockCurrent(tx, ref, version);
    const { today } = await coalitionCalendar(tx, series.coalitionId);
    const before = termsOf(series);
    const after = requireTerms(changedTerms(before, command), today);
    requireKeptParts(after.disaggregation, await readParts(tx, ref));
    await requireSeated(tx, series.coalitionId, after.responsibleId, today);
    await refuseTwin(tx, ref.kind, series.coalitionId, ref.id, after.name);
    const columns = columnsOf(after);
    const names = Object.keys(columns);
    await tx.run(
      `UPDATE ${seriesKinds[ref.kind].table} SET ${names.map((name, at) => `${name} = $${at + 2}`).join(', ')},
         version = version + 1 WHERE id = $1`,
      [ref.id, ...Object.values(columns)],
    );
    await this.write(tx, series, 'changed', { before, after });
    return this.read(tx, ref);
  }

  /**
   * Replaces the targets and the stated forecast; what stood before is kept in the history.
   * @throws staleVersion, stateForbids where it is retired, ruleBroken naming the point
   */
  async setTrajectory(tx: Tx, ref: SeriesRef, version: number, command: SetTrajectory): Promise<WholeSeries> {
    const series = await this.lockCurrent(tx, ref, version);
    const before = (await trajectoriesOf(tx, ref.kind, [ref.id])).get(ref.id)!;
    const after: Trajectory = {
      target: requirePoints(command.targets, '/targets'),
      forecast: requirePoints(command.forecast ?? [], '/forecast'),
    };
    const { table, column } = seriesKinds[ref.kind];
    await tx.run(`DELETE FROM trajectory_points WHERE ${column} = $1`, [ref.id]);
    await insertPoints(tx, series, after);
    await tx.run(`UPDATE ${table} SET version = version + 1 WHERE id = $1`, [ref.id]);
    await this.write(tx, series, 'trajectorySet', { before, after, reason: command.reason });
    return this.read(tx, ref);
  }

  /** Measures it no more. What was read of it stays. @throws staleVersion, stateForbids */
  async retire(tx: Tx, ref: SeriesRef, version: number, reason: string): Promise<WholeSeries> {
    const series = await this.lockCurrent(tx, ref, version);
    const { table, column } = seriesKinds[ref.kind];
    const user = await tx.row<{ name: string }>(
      `SELECT s.name FROM calculation_inputs i JOIN ${table} s ON s.id = i.${column}
       WHERE i.input_${column} = $1 AND s.retired_at IS NULL LIMIT 1`,
      [ref.id],
    );
    if (user)
      throw new DomainError('stateForbids', `${user.name} is calculated from it. Retire that one first.`);
    await tx.run(
      `UPDATE ${table} SET retired_at = $2, retire_reason = $3, version = version + 1 WHERE id = $1`,
      [ref.id, tx.now, reason],
    );
    await callOff(tx, 'reading.remind', [ref.id], 'It is read no more.');
    await this.write(tx, series, 'retired', { reason });
    return this.read(tx, ref);
  }

  private async add(
    tx: Tx,
    kind: SeriesKind,
    goalId: string,
    command: AddSeries,
    own: Record<string, Parameter>,
  ): Promise<WholeSeries> {
    const goal = await tx.row<{ coalitionId: string }>(
      `SELECT coalition_id AS "coalitionId" FROM goals WHERE id = $1 FOR SHARE`,
      [goalId],
    );
    if (!goal) throw notFound('goal');
    const { coalitionId } = goal;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const terms = requireTerms(newTerms(command), today);
    await requireSeated(tx, coalitionId, terms.responsibleId, today);
    await refuseTwin(tx, kind, coalitionId, null, terms.name);
    const inputs = await requireFormula(tx, kind, command, coalitionId);
    const target = requirePoints(command.targets ?? [], '/targets');
    const id = newId();
    const { polarity, frequency, dueAfterDays, formula = null } = command;
    const columns: Record<string, Parameter> = {
      ...{ id, coalition_id: coalitionId, goal_id: goalId, ...columnsOf(terms), ...own },
      ...{ polarity, frequency, due_after_days: dueAfterDays, formula },
      ...{ created_by: tx.actor.personId ?? null, created_at: tx.now },
    };
    const names = Object.keys(columns);
    await tx.run(
      `INSERT INTO ${seriesKinds[kind].table} (${names.join(', ')})
       VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(columns),
    );
    const ref = { kind, id, coalitionId };
    await insertInputs(tx, ref, inputs);
    await insertPoints(tx, ref, { target, forecast: [] });
    if (formula === null) await planFirstReminders(tx, { id, coalitionId, frequency, dueAfterDays });
    await this.write(tx, ref, 'added', { after: { ...terms, polarity, frequency, formula, target } });
    return this.read(tx, ref);
  }

  /** @throws staleVersion, stateForbids where it is retired */
  private async lockCurrent(tx: Tx, ref: SeriesRef, version: number): Promise<Series> {
    const series = await lockSeries(tx, ref);
    const { word } = seriesKinds[ref.kind];
    if (series.retiredAt !== null)
      throw new DomainError('stateForbids', `The ${word} is retired, and stays as it was.`);
    if (series.version === version) return series;
    throw new DomainError('staleVersion', `Somebody changed the ${word} meanwhile. Read it again.`);
  }

  private write(
    tx: Tx,
    { kind, id, coalitionId }: SeriesRef & { coalitionId: string },
    what: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action: `${kind}.${what}`, subject: { kind, id }, ...change });
  }
}

const newTerms = (command: AddSeries): SeriesTerms => ({
  ...{ name: command.name, definition: command.definition ?? '', unit: command.unit },
  ...{ places: command.places ?? 1, baselineOn: command.baselineOn ?? null },
  ...{ baseline: command.baseline ?? null, bands: command.bands ?? [...usualBands] },
  ...{ disaggregation: command.disaggregation ?? [], source: command.source ?? '' },
  ...{ method: command.method ?? '', responsibleId: command.responsibleId ?? null },
});

const termsOf = (series: Series): SeriesTerms => ({
  ...{ name: series.name, definition: series.definition, unit: series.unit, places: series.places },
  ...{ baselineOn: series.baselineOn, baseline: series.baseline },
  ...{ bands: series.bands, disaggregation: series.disaggregation, source: series.source },
  ...{ method: series.method, responsibleId: series.responsibleId },
});

/** @throws ruleBroken naming the field */
async function requireFormula(
  tx: Tx,
  kind: SeriesKind,
  { formula = null, frequency, inputs = [] }: AddSeries,
  coalitionId: string,
): Promise<InputOfSeries[]> {
  if (formula === null) {
    if (inputs.length === 0) return [];
    throw fieldError('ruleBroken', '/inputs', 'What is read by hand is calculated from nothing.');
  }
  const found = await tx.rows<Omit<InputTerms, 'part'>>(
    `SELECT id, name, unit, frequency, formula FROM ${seriesKinds[kind].table}
     WHERE coalition_id = $1 AND id = ANY ($2::uuid[]) AND retired_at IS NULL FOR SHARE`,
    [coalitionId, inputs.map(({ id }) => id)],
  );
  const terms = inputs.map(({ id, part }, index): InputTerms => {
    const input = found.find((one) => one.id === id);
    if (input) return { ...input, part };
    const sentence = `Choose ${kind === 'indicator' ? 'an indicator' : 'a performance measure'} of this coalition that is still read.`;
    throw fieldError('ruleBroken', `/inputs/${index}/id`, sentence);
  });
  requireInputs({ formula, frequency }, terms);
  return inputs;
}

async function refuseTwin(
  tx: Tx,
  kind: SeriesKind,
  coalitionId: string,
  ownId: string | null,
  name: string,
): Promise<void> {
  const { table, word } = seriesKinds[kind];
  const twin = await tx.row(
    `SELECT 1 FROM ${table} WHERE coalition_id = $1 AND id IS DISTINCT FROM $2 AND name = $3`,
    [coalitionId, ownId, name],
  );
  if (twin) throw fieldError('alreadyExists', '/name', `The coalition has the ${word} ${name} already.`);
}

/** Refuses a person without a seat in the coalition: nobody else can read into it, or should be written to. */
async function requireSeated(
  tx: Tx,
  coalitionId: string,
  personId: string | null,
  today: Day,
): Promise<void> {
  if (personId === null) return;
  const seat = await tx.row(
    `SELECT 1 FROM memberships WHERE coalition_id = $1 AND person_id = $2 AND since_on <= $3
       AND (until_on IS NULL OR until_on >= $3)`,
    [coalitionId, personId, today],
  );
  if (!seat)
    throw fieldError('ruleBroken', '/responsibleId', 'Choose a person with a seat in the coalition.');
}

async function requireOrganisation(tx: Tx, goalId: string, organisationId: string): Promise<void> {
  const found = await tx.row(
    `SELECT 1 FROM organisations o JOIN goals g ON g.coalition_id = o.coalition_id WHERE g.id = $1 AND o.id = $2`,
    [goalId, organisationId],
  );
  if (!found) throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
}
