import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CurveAnswer } from '../../src/goals/curve/curve.dto.js';
import type { IndicatorAnswer } from '../../src/goals/indicators/indicator.dto.js';
import type { MeasureAnswer } from '../../src/goals/measures/measure.dto.js';
import type { ReadingOutcomeAnswer } from '../../src/goals/readings/reading.dto.js';
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

describe('what is calculated', () => {
  it('is exact, says which input is missing, and takes no reading', async () => {
    const { backbone } = coalition;
    const served = await addMeasure({ name: 'Children served', unit: 'children' });
    const thriving = await addMeasure({
      name: 'Children who thrive',
      unit: 'children',
      measureKind: 'betterOff',
    });
    const share = await addMeasure({
      ...{ name: 'Share that thrives', unit: '%', measureKind: 'betterOff', formula: 'percentage' },
      inputs: [
        { id: thriving.id, part: 'numerator' },
        { id: served.id, part: 'denominator' },
      ],
    });
    const path = `performance-measures/${share.id}`;
    await record(`performance-measures/${served.id}`, { period: '2024', value: '3' });
    await record(`performance-measures/${thriving.id}`, { period: '2024', value: '2' });
    await record(`performance-measures/${served.id}`, { period: '2025', value: '4' });
    const { points } = await curveOf(path);
    expect(points.map(({ period, value, missingInputs }) => [period, value, missingInputs])).toEqual([
      ['2024', '66.666667', []],
      ['2025', null, ['Children who thrive']],
    ]);
    const byHand = await record(path, { period: '2025', value: '50' });
    expect([byHand.status, byHand.body.code]).toEqual([409, 'stateForbids']);
    const byForce = app.as(backbone, (tx) =>
      tx.run(
        `INSERT INTO readings (coalition_id, measure_id, period_key, period_to, value, source, via, recorded_at)
         VALUES ($1, $2, '2025', '2025-12-31', 50, 'x', 'api', $3)`,
        [coalition.id, share.id, tx.now],
      ),
    );
    await expect(byForce).rejects.toThrow('It is calculated from others');
    const retire = await backbone.send<ProblemBody>({
      ...{ method: 'POST', url: `/api/v1/performance-measures/${served.id}/retire` },
      ...{ payload: { reason: 'No more' }, headers: { 'if-match': '"1"' } },
    });
    expect(retire.body.detail).toBe('Share that thrives is calculated from it. Retire that one first.');
  });

  it('never mixes indicators and performance measures, not even behind the services', async () => {
    const { backbone } = coalition;
    const measure = await addMeasure({ name: 'Visits', unit: 'visits' });
    const body = {
      ...{ ...yearly, name: 'Mixed', formula: 'sum' },
      inputs: [{ id: measure.id, part: 'addend' }],
    };
    const mixed = await backbone.post<ProblemBody>(`/api/v1/goals/${goalId}/indicators`, body);
    expect([mixed.status, mixed.body.errors[0]!.pointer]).toEqual([422, '/inputs/0/id']);
    const input = await add({ name: 'Summed', unit: 'children' });
    const sum = await add({
      name: 'Sum',
      unit: 'children',
      formula: 'sum',
      inputs: [{ id: input.id, part: 'addend' }],
    });
    const byForce = app.rows(
      `INSERT INTO calculation_inputs (coalition_id, indicator_id, input_measure_id, part, position) VALUES ($1, $2, $3, 'addend', 9)`,
      [coalition.id, sum.id, measure.id],
    );
    await expect(byForce).rejects.toThrow(/check constraint/);
  });

  it('adds up one unit only, of inputs that are read as often', async () => {
    const { backbone } = coalition;
    const [a, b] = [
      await addMeasure({ name: 'Hours', unit: 'hours' }),
      await addMeasure({ name: 'Days', unit: 'days' }),
    ];
    const refusal = async (more: object) => {
      const body = {
        ...yearly,
        name: 'Refused',
        measureKind: 'howMuch',
        programme: 'Visits',
        formula: 'sum',
        ...more,
      };
      return (await backbone.post<ProblemBody>(`/api/v1/goals/${goalId}/performance-measures`, body)).body
        .detail;
    };
    const inputs = [
      { id: a.id, part: 'addend' },
      { id: b.id, part: 'addend' },
    ];
    expect(await refusal({ inputs })).toBe('What is added up is counted in one unit, not in hours and days.');
    expect(await refusal({ inputs: inputs.slice(1), frequency: 'month' })).toBe(
      'Days is not read as often: choose the same frequency for both.',
    );
    expect(await refusal({ formula: 'ratio', inputs: inputs.slice(1) })).toBe('A ratio has no addend.');
  });
});
