import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CoalitionAnswer } from '../../src/coalitions/coalition.dto.js';
import type { GoalAnswer } from '../../src/goals/goal.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { type Client, TestApp } from '../support/app.js';

const ready = {
  name: 'Ready for school',
  description: 'Every child who starts school in the harbour wards is ready for it.',
  horizonOn: '2031-08-31',
};

interface Problem {
  code: string;
  detail: string;
  errors: { pointer: string; message: string }[];
}

let app: TestApp;
let ana: Client;
let observer: Client;
let stranger: Client;
let goals: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  ana = await app.person('Ana Duarte');
  observer = await app.person('Ola Berg');
  stranger = await app.person('Sam Stone');
  const { id } = await ana.must(
    ana.post<CoalitionAnswer>('/api/v1/coalitions', {
      name: 'Harbour Young People',
      commonAgenda: 'Ready for school by 2031.',
      kind: 'coordinating',
      timeZone: 'Europe/London',
      businessDay: 'following',
    }),
  );
  await app.seat(observer, id, 'observer');
  goals = `/api/v1/coalitions/${id}/goals`;
});

afterAll(() => app.stop());

const add = (terms: object) => ana.must(ana.post<GoalAnswer>(goals, { ...ready, ...terms }));

describe('goals', () => {
  it('are added by the backbone, and read by every member', async () => {
    const goal = await add({});
    expect(goal).toMatchObject({ ...ready, version: 1 });
    expect(await observer.must(observer.get(`/api/v1/goals/${goal.id}`))).toEqual(goal);
    expect((await observer.post(goals, { ...ready, name: 'Another' })).status).toBe(403);
    expect((await stranger.get(`/api/v1/goals/${goal.id}`)).status).toBe(404);
    expect((await stranger.get(goals)).status).toBe(404);
  });

  it('lie ahead, by the calendar of the coalition', async () => {
    const { status, body } = await ana.post<Problem>(goals, { ...ready, horizonOn: '2026-11-23' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/horizonOn',
        code: 'ruleBroken',
        message: 'A goal lies ahead. Choose a horizon after today.',
      },
    ]);
  });

  it('have a name of their own', async () => {
    await add({ name: 'Young people in work' });
    const { status, body } = await ana.post<Problem>(goals, { ...ready, name: 'Young people in work' });
    expect(status).toBe(409);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(['/name']);
  });

  it('name every field that is wrong', async () => {
    const { status, body } = await ana.post<Problem>(goals, {
      name: ' ',
      horizonOn: '2031-02-30',
      owner: 'me',
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }) => pointer).sort()).toEqual(['/horizonOn', '/name', '/owner']);
  });

  it('are changed only by who has read them last, and keep what they said', async () => {
    const goal = await add({ name: 'Safe homes' });
    const address = `/api/v1/goals/${goal.id}`;
    const first = await ana.patch<GoalAnswer>(address, { horizonOn: '2032-08-31' }, goal.version);
    expect(first.status).toBe(200);
    expect(first.headers.etag).toBe('"2"');
    expect(first.body).toMatchObject({ name: 'Safe homes', horizonOn: '2032-08-31', version: 2 });
    expect((await ana.patch<Problem>(address, { name: 'Homes' }, goal.version)).status).toBe(412);
    expect((await ana.send({ method: 'PATCH', url: address, payload: { name: 'Homes' } })).status).toBe(428);
    expect((await observer.patch(address, { name: 'Homes' }, 2)).status).toBe(403);
    const [event] = await app.rows<{ before: object; after: object }>(
      `SELECT before, after FROM audit_events WHERE subject_id = $1 AND action = 'goal.changed'`,
      [goal.id],
    );
    expect(event).toEqual({
      before: { ...ready, name: 'Safe homes' },
      after: { ...ready, name: 'Safe homes', horizonOn: '2032-08-31' },
    });
  });

  it('are listed by horizon, filtered and as CSV', async () => {
    const page = await ana.must(
      ana.get<Page<GoalAnswer>>(`${goals}?horizonOn.gte=2032-01-01&sort=-horizonOn`),
    );
    expect(page).toMatchObject({ total: 1, nextCursor: null });
    expect(page.items.map(({ name }) => name)).toEqual(['Safe homes']);
    const csv = await ana.get<string>(goals, { accept: 'text/csv' });
    expect(csv.body.split('\r\n')[0]).toBe('id,coalitionId,name,description,horizonOn,createdAt,version');
  });
});
