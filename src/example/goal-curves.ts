import { type PeriodLength, periodsBetween } from '../maths/calendar-period.js';
import { addMonths, type Day } from '../maths/day.js';
import type { AddMeasure } from '../goals/measures/measure.dto.js';
import type { AddSeries } from '../goals/series/series.dto.js';
import type { SeriesRef } from '../goals/series/series.js';
import type { ReadingInput } from '../goals/readings/reading.rules.js';
import type { PersonActor } from '../platform/database/actor.js';
import type { ExampleWorld } from './example-world.js';

/** Where curves are drawn: a coalition, its goals by name, and today. */
export interface CurvesOf {
  coalitionId: string;
  goals: ReadonlyMap<string, string>;
  today: Day;
}

export async function curvesOfCoalition(
  world: ExampleWorld,
  coalitionId: string,
  today: Day,
): Promise<CurvesOf> {
  const rows = await world.as(world.people.backbone, (tx) =>
    tx.rows<{ id: string; name: string }>(`SELECT id, name FROM goals WHERE coalition_id = $1`, [
      coalitionId,
    ]),
  );
  return { coalitionId, today, goals: new Map(rows.map(({ id, name }) => [name, id])) };
}

/** What was read in the last periods that have ended, the newest last; null was not read. Of the whole, or of a part. */
export interface Read {
  values: readonly (string | null)[];
  category?: string;
}

/** The last `count` periods that have ended. */
function endedPeriods(length: PeriodLength, today: Day, count: number): string[] {
  return periodsBetween(length, addMonths(today, -12 * (count + 1)), today)
    .filter(({ to }) => to < today)
    .slice(-count)
    .map(({ key }) => key);
}

function readingsOf(length: PeriodLength, today: Day, read: readonly Read[]): ReadingInput[] {
  return read.flatMap(({ values, category }) => {
    const periods = endedPeriods(length, today, values.length);
    return values.flatMap((value, index) =>
      value === null ? [] : [{ period: periods[index]!, value, category }],
    );
  });
}

/** Writes down what was read of a series, as the person who is responsible does. */
export async function read(
  world: ExampleWorld,
  { coalitionId, today }: CurvesOf,
  ref: SeriesRef,
  length: PeriodLength,
  what: readonly Read[],
): Promise<void> {
  const { backbone } = world.people;
  const readings = readingsOf(length, today, what);
  const access = { coalitionId, roles: ['backbone' as const], organisationIds: [] };
  await world.as(backbone, (tx) =>
    world.readings.record(tx, ref, access, { readings, via: 'csv', mode: 'atomic' }),
  );
}

/** Adds an indicator of a goal, with what was read of it. Gives its id. */
export async function indicator(
  world: ExampleWorld,
  where: CurvesOf,
  goal: string,
  terms: AddSeries,
  what: readonly Read[],
): Promise<string> {
  const { series } = await world.as(world.people.backbone, (tx) =>
    world.series.addIndicator(tx, where.goals.get(goal)!, terms),
  );
  if (!series.formula) await read(world, where, { kind: 'indicator', id: series.id }, series.frequency, what);
  return series.id;
}

/** Adds a performance measure of a programme, with what was read of it. Gives its id. */
export async function measure(
  world: ExampleWorld,
  where: CurvesOf,
  goal: string,
  terms: AddMeasure,
  what: readonly Read[],
): Promise<string> {
  const { series } = await world.as(world.people.backbone, (tx) =>
    world.series.addMeasure(tx, where.goals.get(goal)!, terms),
  );
  if (!series.formula) await read(world, where, { kind: 'measure', id: series.id }, series.frequency, what);
  return series.id;
}

/** What is said of a curve, and done about it. */
export interface Turning {
  story: string;
  whatWorks: string;
  partners: readonly { name: string; contribution: string }[];
  actions: readonly { title: string; owner: PersonActor; startsOn: Day; dueOn: Day; endedOn?: Day }[];
}

export async function turn(world: ExampleWorld, indicatorId: string, turning: Turning): Promise<void> {
  await world.as(world.people.backbone, async (tx) => {
    await world.turning.write(tx, indicatorId, { section: 'story', body: turning.story });
    await world.turning.write(tx, indicatorId, { section: 'whatWorks', body: turning.whatWorks });
    for (const partner of turning.partners) await world.turning.addPartner(tx, indicatorId, partner);
    for (const { owner, endedOn, ...terms } of turning.actions) {
      const action = await world.turning.addAction(tx, indicatorId, { ...terms, ownerId: owner.personId });
      if (endedOn !== undefined) {
        await world.turning.endAction(tx, action.id, action.version, { to: 'done', endedOn });
      }
    }
  });
}
