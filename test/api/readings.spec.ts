import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CurveAnswer } from '../../src/goals/curve/curve.dto.js';
import type { IndicatorAnswer } from '../../src/goals/indicators/indicator.dto.js';
import type { MeasureAnswer } from '../../src/goals/measures/measure.dto.js';
import type {
  ReadingAnswer,
  ReadingOutcomeAnswer,
  ReadingOutcomesAnswer,
} from '../../src/goals/readings/reading.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, type Made, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let goalId: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  const { backbone, id } = coalition;
  const goal = await backbone.must(
    backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, {
      name: 'Ready for school',
      horizonOn: '2031-12-31',
    }),
  );
  goalId = goal.id;
});
afterAll(() => app?.stop());

const yearly = {
  ...{ unit: '% of children', polarity: 'up', frequency: 'year', dueAfterDays: 60 },
  source: 'Early years profile',
};

const add = (terms: object) =>
  coalition.backbone.must(
    coalition.backbone.post<IndicatorAnswer>(`/api/v1/goals/${goalId}/indicators`, { ...yearly, ...terms }),
  );

const addMeasure = (terms: object) =>
  coalition.backbone.must(
    coalition.backbone.post<MeasureAnswer>(`/api/v1/goals/${goalId}/performance-measures`, {
      ...{ ...yearly, measureKind: 'howMuch', programme: 'Family visitors', unit: 'families' },
      ...terms,
    }),
  );

const record = (path: string, reading: object, who = coalition.backbone) =>
  who.post<ReadingOutcomeAnswer & ProblemBody>(`/api/v1/${path}/readings`, reading);

const curveOf = (path: string) =>
  coalition.backbone.must(coalition.backbone.get<CurveAnswer>(`/api/v1/${path}/curve`));

describe('a reading', () => {
  it('is never overwritten: a correction says why, and supersedes it once', async () => {
    const { backbone } = coalition;
    const { id } = await add({ name: 'Speech as expected' });
    const path = `indicators/${id}`;
    const first = await record(path, { period: '2025', value: '70.50', method: 'Census of all schools' });
    expect((await record(path, { period: '2025', value: '70.5' })).body.state).toBe('unchanged');
    const silent = await record(path, { period: '2025', value: '71' });
    expect([silent.status, silent.body.errors]).toEqual([
      422,
      [
        {
          ...{ pointer: '/note', code: 'ruleBroken' },
          message: '2025 was read as 70.5 already. Say why it is corrected.',
        },
      ],
    ]);
    const corrected = await record(path, { period: '2025', value: '71', note: 'Final figure' });
    expect(corrected.body.state).toBe('corrected');
    const { items } = await backbone.must(
      backbone.get<Page<ReadingAnswer>>(`/api/v1/${path}/readings?sort=recordedAt`),
    );
    expect(
      items.map(({ value, source, method, supersedesId, supersededById }) => [
        value,
        source,
        method,
        supersedesId,
        supersededById,
      ]),
    ).toEqual([
      ['70.5', 'Early years profile', 'Census of all schools', null, corrected.body.id],
      ['71', 'Early years profile', '', first.body.id, null],
    ]);
    const update = app.as(coalition.backbone, (tx) =>
      tx.run(`UPDATE readings SET value = 1 WHERE id = $1`, [first.body.id!]),
    );
    await expect(update).rejects.toThrow(/permission denied/);
    const second = app.as(coalition.backbone, (tx) =>
      tx.run(
        `INSERT INTO readings (coalition_id, indicator_id, period_key, period_to, value, source, note, supersedes_id, via, recorded_at)
         SELECT coalition_id, indicator_id, period_key, period_to, 5, 'x', 'x', id, 'api', recorded_at FROM readings WHERE id = $1`,
        [first.body.id!],
      ),
    );
    await expect(second).rejects.toThrow('Somebody has corrected this reading meanwhile.');
  });

  it('is taken back without being lost, and the curve no longer has it', async () => {
    const { id } = await add({ name: 'Taken back' });
    await record(`indicators/${id}`, { period: '2025', value: '3' });
    const gone = await record(`indicators/${id}`, { period: '2025', note: 'Of another town' });
    expect(gone.body.state).toBe('withdrawn');
    expect((await curveOf(`indicators/${id}`)).points).toEqual([]);
  });

  it('is of a period that has ended, of a part that is told apart, and of its own frequency', async () => {
    const parts = [{ dimension: 'Area', categories: ['North ward', 'South ward'] }];
    const { id } = await add({ name: 'By ward', frequency: 'quarter', disaggregation: parts });
    const refusal = async (reading: object) => (await record(`indicators/${id}`, reading)).body.errors[0];
    expect((await refusal({ period: '2026-Q4', value: '1' }))?.message).toBe(
      '2026-Q4 has not ended yet: it is read after 2026-12-31.',
    );
    expect((await refusal({ period: '2026', value: '1' }))?.pointer).toBe('/period');
    expect((await refusal({ period: '2026-Q3', value: '1', category: 'East ward' }))?.message).toBe(
      'Choose a part that is told apart here (Area: North ward, South ward).',
    );
    expect(
      (await record(`indicators/${id}`, { period: 'Q3 2026', value: '1', category: 'North ward' })).status,
    ).toBe(200);
    const { parts: read, points } = await curveOf(`indicators/${id}`);
    expect(points).toEqual([]);
    expect(read.map(({ category, points: own }) => [category, own[0]!.value, own[0]!.target])).toEqual([
      ['North ward', '1', null],
    ]);
    const { backbone } = coalition;
    const fewer = { disaggregation: [{ dimension: 'Area', categories: ['South ward'] }] };
    expect((await backbone.patch<ProblemBody>(`/api/v1/indicators/${id}`, fewer, 1)).body.detail).toBe(
      'There are readings of North ward (Area): keep it.',
    );
  });

  it('is written by the backbone, by who is responsible, and by the partner whose programme it is; by nobody else', async () => {
    const { finance, funder, partner, stream, hill } = coalition;
    const { id } = await add({ name: 'Watched by finance', responsibleId: finance.id });
    const reading = { period: '2025', value: '1' };
    expect((await record(`indicators/${id}`, reading, funder)).status).toBe(403);
    expect((await record(`indicators/${id}`, reading, partner)).status).toBe(403);
    expect((await record(`indicators/${id}`, reading, finance)).status).toBe(200);
    const own = await addMeasure({ name: 'Families visited', organisationId: stream });
    const others = await addMeasure({ name: 'Families helped', organisationId: hill });
    expect((await record(`performance-measures/${own.id}`, reading, partner)).status).toBe(200);
    expect((await record(`performance-measures/${others.id}`, reading, partner)).status).toBe(403);
  });

  it('comes in bulk, all or none, or as many as can be taken', async () => {
    const { backbone } = coalition;
    const { id } = await add({ name: 'In bulk' });
    const readings = [
      { period: '2023', value: '1' },
      { period: '2027', value: '2' },
      { period: '2024', value: '3' },
    ];
    const bulk = `/api/v1/indicators/${id}/readings/bulk`;
    const none = await backbone.post<ProblemBody>(bulk, { mode: 'atomic', readings });
    expect([none.status, none.body.errors.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/readings/1/period'],
    ]);
    expect((await curveOf(`indicators/${id}`)).points).toEqual([]);
    const some = await backbone.must(
      backbone.post<ReadingOutcomesAnswer>(bulk, { mode: 'perItem', readings }),
    );
    expect(some.items.map(({ index, state }) => [index, state])).toEqual([
      [0, 'recorded'],
      [1, 'refused'],
      [2, 'recorded'],
    ]);
  });

  it('comes by CSV, a column for each category, and names the lines that cannot be taken', async () => {
    const { backbone } = coalition;
    const parts = [{ dimension: 'Age', categories: ['Under 5', '5 to 11'] }];
    const { id } = await add({ name: 'By age', disaggregation: parts });
    const send = (payload: string) =>
      backbone.send<ReadingOutcomesAnswer & ProblemBody>({
        ...{ method: 'POST', url: `/api/v1/indicators/${id}/readings/csv`, payload },
        headers: { 'content-type': 'text/csv' },
      });
    const wrong = await send('period,value,Under 5\n2024,1,2\n2025,n/a,3\n2026,5,6\n');
    expect([wrong.status, wrong.body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/lines/3']]);
    const early = await send('period,value\n2024,1\n2026,5\n');
    expect(early.body.errors).toEqual([
      {
        ...{ pointer: '/lines/3', code: 'ruleBroken' },
        message: 'Line 3: 2026 has not ended yet: it is read after 2026-12-31.',
      },
    ]);
    const taken = await send('period;value;Under 5;5 to 11\n2024;1,5;2;3\n2025;;4;\n');
    expect(taken.body.items.map(({ state }) => state)).toEqual([
      'recorded',
      'recorded',
      'recorded',
      'recorded',
    ]);
    const curve = await curveOf(`indicators/${id}`);
    expect(curve.points.map(({ value }) => value)).toEqual(['1.5']);
    expect(curve.parts.map(({ category, points }) => [category, points.map(({ value }) => value)])).toEqual([
      ['Under 5', ['2', '4']],
      ['5 to 11', ['3']],
    ]);
  });
});

describe('reminders of readings', () => {
  it('go to who is responsible, late to the backbone too, and end once each', async () => {
    const { finance, backbone } = coalition;
    const terms = { name: 'Reminded of', frequency: 'quarter', dueAfterDays: 30, responsibleId: finance.id };
    const { id } = await add(terms);
    // The fourth quarter of 2026 is due on 30 January 2027.
    await app.moveTo('2027-01-23T09:00:00Z');
    await app.moveTo('2027-01-30T09:00:00Z');
    await app.moveTo('2027-02-14T09:00:00Z');
    const mails = await app.rows<{ to: string; subject: string }>(
      `SELECT to_address AS to, subject FROM mail_messages WHERE template = 'reading.reminder' AND subject LIKE 'Reminded of%'
       ORDER BY id`,
    );
    expect(mails.map(({ to }) => to)).toEqual([
      finance.email,
      finance.email,
      ...[backbone.email, finance.email].toSorted(),
    ]);
    expect(mails[0]!.subject).toBe('Reminded of: 2026-Q4 is due on 30 Jan 2027');
    app.clock.moveTo(new Date('2027-04-02T09:00:00Z'));
    expect((await record(`indicators/${id}`, { period: '2027-Q1', value: '1' })).status).toBe(200);
    await app.moveTo('2027-05-20T09:00:00Z');
    const ended = await app.rows<{ key: string; state: string; note: string | null }>(
      `SELECT period_key AS key, state, note FROM occurrences WHERE kind = 'reading.remind' AND subject_id = $1 ORDER BY due_at`,
      [id],
    );
    expect(ended).toEqual([
      { key: '2026-Q4 d-7', state: 'done', note: 'written to 1 person' },
      { key: '2026-Q4 d+0', state: 'done', note: 'written to 1 person' },
      { key: '2026-Q4 d+14', state: 'done', note: 'written to 2 people' },
      { key: '2027-Q1 d-7', state: 'skipped', note: 'it has been read' },
      { key: '2027-Q1 d+0', state: 'skipped', note: 'it has been read' },
      { key: '2027-Q1 d+14', state: 'skipped', note: 'it has been read' },
      { key: '2027-Q2 d-7', state: 'waiting', note: null },
      { key: '2027-Q2 d+0', state: 'waiting', note: null },
      { key: '2027-Q2 d+14', state: 'waiting', note: null },
    ]);
  });
});
