import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type Made, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Activity extends Made {
  name: string;
  organisation: string;
  outcome: string;
  standing: string;
  untilOn: string | null;
  goals: { id: string; name: string }[];
}
interface Theory {
  commonAgenda: string;
  statement: string | null;
  activities: Activity[];
  version: number;
}

let app: TestApp;
let coalition: TestCoalition;
let goalId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Acting Towns ${coalitions}`);
  const { backbone, id } = coalition;
  const goal = { name: 'Ready for school', horizonOn: '2031-08-31' };
  goalId = (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal))).id;
});

const add = <Body = Activity>(person: Client, more: object = {}, organisationId = coalition.stream) =>
  person.post<Body>(`/api/v1/organisations/${organisationId}/activities`, {
    ...{ name: 'Evening groups', outcome: 'Parents ask earlier.', ...more },
  });
const list = async (query = '') => {
  const { funder, id } = coalition;
  const { items } = await funder.must(
    funder.get<{ items: Activity[] }>(`/api/v1/coalitions/${id}/activities${query}`),
  );
  return items.map(({ name }) => name);
};
const theoryOf = (organisationId: string) => `/api/v1/organisations/${organisationId}/theory-of-change`;
const state = (person: Client, statement: string, version: number, organisationId = coalition.stream) =>
  person.send<Theory>({
    ...{ method: 'PUT', url: theoryOf(organisationId), payload: { statement } },
    headers: { 'if-match': `"${version}"` },
  });

describe('an activity', () => {
  it('leads towards goals or none; what leads to none is listed, and never refused', async () => {
    const { partner } = coalition;
    const aligned = await partner.must(add(partner, { goalIds: [goalId] }));
    expect(aligned.goals).toEqual([{ id: goalId, name: 'Ready for school' }]);
    await partner.must(add(partner, { name: 'Street football' }));
    expect(await list('?alignment=aligned')).toEqual(['Evening groups']);
    expect(await list('?alignment=unaligned')).toEqual(['Street football']);
    expect(await list(`?goalId=${goalId}`)).toEqual(['Evening groups']);
    expect((await list('?sort=name')).length).toBe(2);
  });

  it('is written by its own organisation or the backbone, and read by every member', async () => {
    const { partner, backbone, funder, hill } = coalition;
    expect((await add(partner, {}, hill)).status).toBe(404);
    expect((await add(funder)).status).toBe(403);
    const { id } = await backbone.must(add(backbone, {}, hill));
    expect((await partner.patch(`/api/v1/activities/${id}`, { name: 'Mine' }, 1)).status).toBe(404);
    expect((await partner.get<Theory>(theoryOf(hill))).body.activities).toMatchObject([{ id }]);
  });

  it('is changed by version, ends on its last day, and stays on record', async () => {
    const { partner } = coalition;
    const { id } = await partner.must(add(partner, { goalIds: [goalId], sinceOn: '2026-01-01' }));
    const change = (more: object, version: number) =>
      partner.patch<Activity>(`/api/v1/activities/${id}`, more, version);
    expect((await change({ goalIds: [] }, 1)).body).toMatchObject({
      goals: [],
      outcome: 'Parents ask earlier.',
    });
    expect((await change({ name: 'Late' }, 1)).status).toBe(412);
    const end = () => partner.post<Activity>(`/api/v1/activities/${id}/end`, { untilOn: '2026-11-20' });
    expect((await partner.must(end())).standing).toBe('ended');
    expect((await end()).status).toBe(409);
    expect(await list('?standing=ended')).toEqual(['Evening groups']);
  });

  it.each([
    [{ goalIds: ['019303b0-0000-7000-8000-000000000000'] }, '/goalIds'],
    [{ untilOn: '2020-01-01' }, '/untilOn'],
    [{ name: 'Taken' }, '/name'],
  ])('with %j is refused at %s', async (more, pointer) => {
    const { partner } = coalition;
    await partner.must(add(partner, { name: 'Taken' }));
    expect((await add<ProblemBody>(partner, more)).body.errors[0]?.pointer).toBe(pointer);
    expect(await list()).toEqual(['Taken']);
  });
});

describe('a theory of change', () => {
  it('is the organisation’s own statement beside the common agenda; each version is kept', async () => {
    const { partner, funder, stream } = coalition;
    expect((await state(partner, 'First we listen.', 0)).body.version).toBe(1);
    expect((await state(partner, 'Then we act.', 0)).status).toBe(412);
    await partner.must(state(partner, 'We listen, and act.', 1));
    expect(await funder.must(funder.get<Theory>(theoryOf(stream)))).toMatchObject({
      ...{ commonAgenda: 'Every child thrives', statement: 'We listen, and act.', version: 2 },
    });
    const kept = await app.rows<{ statement: string }>(
      `SELECT statement FROM theories_of_change WHERE organisation_id = $1 ORDER BY version`,
      [stream],
    );
    expect(kept.map(({ statement }) => statement)).toEqual(['First we listen.', 'We listen, and act.']);
    expect((await state(partner, 'Not mine.', 0, coalition.hill)).status).toBe(404);
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('has a page with the chain from activity to goal, what is not aligned, and forms for its own people', async () => {
    const { stream, id } = coalition;
    const partner = await Browser.of(app, coalition.partner);
    const funder = await Browser.of(app, coalition.funder);
    const home = `/organisations/${stream}/theory-of-change`;
    const activity = { name: 'Groups <new>', outcome: 'Parents ask earlier.', sinceOn: '2026-11-01' };
    const added = await partner.submit(
      `/organisations/${stream}/activities`,
      { ...activity, 'goalIds[]': [goalId] },
      `/organisations/${stream}/activities/new`,
    );
    expect([added.status, added.location]).toEqual([303, home]);
    await partner.submit(
      `/organisations/${stream}/activities`,
      { ...activity, name: 'Street football' },
      `/organisations/${stream}/activities/new`,
    );
    await partner.submit(home, { statement: 'We <listen>.', version: '0' }, `${home}/edit`);
    const page = await funder.get(home);
    for (const part of [
      'We &lt;listen>.',
      'Groups &lt;new>',
      `href="/goals/${goalId}"`,
      'Not aligned with a goal',
      'Every child thrives',
    ])
      expect(page.html).toContain(part);
    expect(page.html).not.toContain('/activities/new"');
    expect((await funder.get(`/coalitions/${id}/activities?alignment=unaligned`)).html).toContain(
      'Street football',
    );
    const edit = /href="(\/activities\/[\w-]{36})\/edit"/.exec((await partner.get(home)).html)![1]!;
    const changed = { ...activity, name: 'Groups', version: '1' };
    const done = await partner.submit(edit, changed, `${edit}/edit`);
    expect(done.location).toBe(home);
    // Every box unticked: it leads to no goal any more.
    expect((await funder.get(home)).html).not.toContain(`href="/goals/${goalId}"`);
  });
});
