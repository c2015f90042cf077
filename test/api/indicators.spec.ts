import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CurveAnswer } from '../../src/goals/curve/curve.dto.js';
import type { IndicatorAnswer } from '../../src/goals/indicators/indicator.dto.js';
import type { ReadingOutcomeAnswer } from '../../src/goals/readings/reading.dto.js';
import type { ScorecardAnswer } from '../../src/goals/scorecard/scorecard.dto.js';
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

const record = (path: string, reading: object, who = coalition.backbone) =>
  who.post<ReadingOutcomeAnswer & ProblemBody>(`/api/v1/${path}/readings`, reading);

const curveOf = (path: string) =>
  coalition.backbone.must(coalition.backbone.get<CurveAnswer>(`/api/v1/${path}/curve`));

describe('an indicator', () => {
  it('is scored by its last reading, against the target of that day', async () => {
    const { id } = await add({
      ...{ name: 'Ready at five', baselineOn: '2023-12-31', baseline: '60.0' },
      targets: [{ on: '2027-12-31', value: '80' }],
    });
    for (const [period, value] of [
      ['2023', '60'],
      ['2024', '61.5'],
      ['2025', '66'],
    ] as const) {
      const { status, body } = await record(`indicators/${id}`, { period, value });
      expect([status, body.state]).toEqual([200, 'recorded']);
    }
    const { standing, points, continuation, unread } = await curveOf(`indicators/${id}`);
    // Half way in time (731 of 1461 days) from 60 to 80.
    expect(standing).toEqual({
      ...{ on: '2025-12-31', value: '66', target: '70.006845' },
      ...{ variance: '-0.057235', percentOfTarget: '0.942765', baselineChange: '0.100000' },
      ...{ trend: { direction: 'up', periods: 2, good: true }, colour: 'amber' },
    });
    expect(points.map(({ period, value, target }) => [period, value, target])).toEqual([
      ['2023', '60', '60'],
      ['2024', '61.5', '65.010267'],
      ['2025', '66', '70.006845'],
    ]);
    // From 60 to 66 in 731 days: so it goes on.
    expect(continuation.slice(0, 2)).toEqual([
      { on: '2026-12-31', value: '68.995896' },
      { on: '2027-12-31', value: '71.991792' },
    ]);
    expect(unread).toEqual([]);
    const scorecard = await coalition.funder.must(
      coalition.funder.get<ScorecardAnswer>(`/api/v1/coalitions/${coalition.id}/scorecard`),
    );
    expect(scorecard.goals[0]!.indicators.find((one) => one.id === id)?.standing).toEqual(standing);
  });

  it('says every rule that its terms break, and where', async () => {
    const { backbone } = coalition;
    const refusal = async (terms: object) => {
      const sent = { name: 'Broken', ...yearly, ...terms };
      const { status, body } = await backbone.post<ProblemBody>(`/api/v1/goals/${goalId}/indicators`, sent);
      return [status, body.errors[0]!.pointer];
    };
    expect(await refusal({ baseline: '1' })).toEqual([422, '/baselineOn']);
    expect(await refusal({ baseline: '1.0000001', baselineOn: '2025-01-01' })).toEqual([422, '/baseline']);
    expect(await refusal({ baseline: 61.5, baselineOn: '2025-01-01' })).toEqual([400, '/baseline']);
    expect(await refusal({ responsibleId: coalition.north })).toEqual([422, '/responsibleId']);
    expect(await refusal({ inputs: [{ id: goalId, part: 'addend' }] })).toEqual([422, '/inputs']);
    const twice = [
      { on: '2027-12-31', value: '1' },
      { on: '2027-12-31', value: '2' },
    ];
    expect(await refusal({ targets: twice })).toEqual([422, '/targets/1/on']);
    expect((await coalition.funder.post(`/api/v1/goals/${goalId}/indicators`, yearly)).status).toBe(403);
  });

  it('is changed only by who has read it last; its targets are replaced with a reason', async () => {
    const { backbone } = coalition;
    const { id, version } = await add({ name: 'Read to daily' });
    const address = `/api/v1/indicators/${id}`;
    const changed = await backbone.patch<IndicatorAnswer>(address, { places: 0, source: null }, version);
    expect(changed.body).toMatchObject({ places: 0, source: '', unit: '% of children', version: 2 });
    expect((await backbone.patch(address, { places: 2 }, version)).status).toBe(412);
    const set = await backbone.send<IndicatorAnswer>({
      ...{ method: 'PUT', url: `${address}/trajectory`, headers: { 'if-match': '"2"' } },
      payload: {
        targets: [
          { on: '2028-12-31', value: '50.50' },
          { on: '2027-12-31', value: '40' },
        ],
        ...{ forecast: [{ on: '2028-12-31', value: '45' }], reason: 'Agreed in May' },
      },
    });
    expect(set.body.targets).toEqual([
      { on: '2027-12-31', value: '40' },
      { on: '2028-12-31', value: '50.5' },
    ]);
    expect(set.body.forecast).toEqual([{ on: '2028-12-31', value: '45' }]);
    const [event] = await app.rows<{ reason: string }>(
      `SELECT reason FROM audit_events WHERE subject_id = $1 AND action = 'indicator.trajectorySet'`,
      [id],
    );
    expect(event).toEqual({ reason: 'Agreed in May' });
  });
});

describe('turning a curve', () => {
  it('keeps every text, names partners, and ends each action once', async () => {
    const { backbone, finance, hill, funder } = coalition;
    const { id } = await add({ name: 'To be turned' });
    app.clock.moveTo(new Date('2027-03-02T09:00:00Z'));
    const address = `/api/v1/indicators/${id}`;
    await backbone.must(backbone.post(`${address}/texts`, { section: 'story', body: 'It rained.' }));
    await backbone.must(backbone.post(`${address}/texts`, { section: 'story', body: 'It rained a lot.' }));
    await backbone.must(
      backbone.post(`${address}/partners`, { organisationId: hill, contribution: 'Visits' }),
    );
    const nobody = await backbone.post<ProblemBody>(`${address}/partners`, {});
    expect([nobody.status, nobody.body.errors[0]!.pointer]).toEqual([422, '/name']);
    const terms = {
      title: 'Open two places',
      ownerId: finance.id,
      startsOn: '2027-01-01',
      dueOn: '2027-03-31',
    };
    const action = await backbone.must(backbone.post<Made>(`${address}/actions`, terms));
    const end = (what: string, payload: object, version: number) =>
      backbone.send<ProblemBody>({
        ...{ method: 'POST', url: `/api/v1/curve-actions/${action.id}/${what}`, payload },
        headers: { 'if-match': `"${version}"` },
      });
    expect((await end('drop', { endedOn: '2027-02-01' }, 1)).body.errors[0]!.pointer).toBe('/note');
    expect((await end('finish', { endedOn: '2026-12-01' }, 1)).body.errors[0]!.pointer).toBe('/endedOn');
    expect((await end('finish', { endedOn: '2027-03-01' }, 1)).status).toBe(200);
    expect((await end('drop', { endedOn: '2027-03-01', note: 'x' }, 2)).status).toBe(409);
    const turning = await funder.must(
      funder.get<{
        texts: { number: number; body: string }[];
        partners: { name: string }[];
        actions: { state: string; owner: string }[];
      }>(`${address}/turning`),
    );
    expect(turning.texts.map(({ number, body }) => [number, body])).toEqual([
      [2, 'It rained a lot.'],
      [1, 'It rained.'],
    ]);
    expect(turning.partners.map(({ name }) => name)).toEqual(['Hill Families']);
    expect(turning.actions).toMatchObject([{ state: 'done', owner: finance.name, endedOn: '2027-03-01' }]);
    expect((await funder.post(`${address}/texts`, { section: 'story', body: 'x' })).status).toBe(403);
  });
});

describe('a goal', () => {
  it('keeps what it said, version by version, with the reason', async () => {
    const { backbone, funder } = coalition;
    const address = `/api/v1/goals/${goalId}`;
    const change = { name: 'Ready for school and play', reason: 'Parents asked for it' };
    expect((await backbone.patch(address, change, 1)).status).toBe(200);
    const { items } = await funder.must(funder.get<{ items: object[] }>(`${address}/versions`));
    expect(items).toMatchObject([
      { number: 2, name: 'Ready for school and play', reason: 'Parents asked for it', madeBy: backbone.name },
      { number: 1, name: 'Ready for school', reason: '' },
    ]);
  });
});
