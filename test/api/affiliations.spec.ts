import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import { openMotion, readMotion, vote } from '../support/decisions.js';

interface Affiliation {
  organisation: string;
  position: string;
  sinceOn: string;
  untilOn: string | null;
}
interface Seat {
  role: string;
  organisationName: string | null;
  sinceOn: string;
  untilOn: string | null;
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Moving Towns ${coalitions}`);
});

const change = <Body = { items: Affiliation[] }>(by: Client, who: Client, more: object) =>
  by.post<Body>(`/api/v1/coalitions/${coalition.id}/affiliations`, { personId: who.id, ...more });
const seatsOf = async ({ id }: Client) => {
  const { backbone } = coalition;
  const { items } = await backbone.must(
    backbone.get<{ items: Seat[] }>(
      `/api/v1/coalitions/${coalition.id}/memberships?personId=${id}&sort=sinceOn`,
    ),
  );
  return items.map(({ role, organisationName, sinceOn, untilOn }) => [
    role,
    organisationName,
    sinceOn,
    untilOn,
  ]);
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a change of employer', () => {
  it('ends the one before on the day before, and leaves seat, votes and history with the person', async () => {
    const { backbone, funder, north, south } = coalition;
    await backbone.must(
      change(backbone, funder, { organisationId: north, position: 'Trust officer', sinceOn: '2024-01-01' }),
    );
    const decisionId = await openMotion(coalition);
    await funder.must(vote(funder, decisionId, 1));
    const { items } = await backbone.must(
      change(backbone, funder, { organisationId: south, position: 'Director', sinceOn: '2026-12-01' }),
    );
    expect(items.map(({ organisation, sinceOn, untilOn }) => [organisation, sinceOn, untilOn])).toEqual([
      ['South Bank Fund', '2026-12-01', null],
      ['North River Trust', '2024-01-01', '2026-11-30'],
    ]);
    expect(await seatsOf(funder)).toEqual([['funder', 'North River Trust', '2000-01-01', null]]);
    await app.moveTo('2026-12-05T00:00:00Z');
    const closed = await readMotion(backbone, decisionId);
    expect(closed.votes.find(({ person }) => person === funder.name)?.choiceText).toBe('For');
    const page = await (
      await Browser.of(app, backbone)
    ).get(`/coalitions/${coalition.id}/people/${funder.id}`);
    for (const words of [
      'Trust officer',
      'Director, South Bank Fund',
      'North River Trust',
      'D-1: Meet in the library',
      'For',
    ])
      expect(page.html).toContain(words);
    await allHold();
  });

  it('carries the seats to the new employer, or ends them, when the backbone says so', async () => {
    const { backbone, funder, partner, north, south, stream } = coalition;
    await backbone.must(change(backbone, funder, { organisationId: north, sinceOn: '2024-01-01' }));
    await backbone.must(
      change(backbone, funder, { organisationId: south, sinceOn: '2026-12-01', seats: 'carry' }),
    );
    expect(await seatsOf(funder)).toEqual([
      ['funder', 'North River Trust', '2000-01-01', '2026-11-30'],
      ['funder', 'South Bank Fund', '2026-12-01', null],
    ]);
    await backbone.must(change(backbone, partner, { organisationId: stream, sinceOn: '2024-01-01' }));
    await backbone.must(change(backbone, partner, { sinceOn: '2026-12-01', seats: 'end' }));
    expect(await seatsOf(partner)).toEqual([['partner', 'Stream Youth Work', '2000-01-01', '2026-11-30']]);
    await allHold();
  });

  it('is recorded by the person or the backbone; seats are the backbone’s to move', async () => {
    const { backbone, funder, partner, north, south } = coalition;
    expect((await change(partner, funder, { organisationId: south })).status).toBe(403);
    expect((await change(funder, funder, { organisationId: north })).status).toBe(201);
    expect((await change(funder, funder, { organisationId: south, seats: 'carry' })).status).toBe(403);
    const twice = await change<ProblemBody>(backbone, funder, {
      organisationId: north,
      sinceOn: '2026-12-01',
    });
    expect([twice.status, twice.body.errors[0]?.pointer]).toEqual([422, '/organisationId']);
    const nowhere = await change<ProblemBody>(backbone, funder, { sinceOn: '2026-12-01', seats: 'carry' });
    expect([nowhere.status, nowhere.body.errors[0]?.pointer]).toEqual([422, '/seats']);
    // What was refused left nothing behind.
    const { items } = await funder.must(
      funder.get<{ items: Affiliation[] }>(`/api/v1/coalitions/${coalition.id}/affiliations`),
    );
    expect(items).toMatchObject([{ organisation: 'North River Trust', untilOn: null }]);
  });

  it('makes a conflict of its own: who works for the organisation does not vote on what concerns it', async () => {
    const { backbone, funder, stream } = coalition;
    await backbone.must(change(backbone, funder, { organisationId: stream, sinceOn: '2026-11-01' }));
    const id = await openMotion(coalition, { concernsId: stream });
    const { votes } = await readMotion(backbone, id);
    expect(votes.find(({ person }) => person === funder.name)).toMatchObject({
      recused: 'employer',
      recusalReason: 'Has worked for Stream Youth Work, which it concerns, since 1 Nov 2026.',
    });
  });

  it('is made by its form, which keeps what was typed', async () => {
    const { backbone, funder, north, south, partner } = coalition;
    await backbone.must(change(backbone, funder, { organisationId: north, sinceOn: '2024-01-01' }));
    const browser = await Browser.of(app, backbone);
    const person = `/coalitions/${coalition.id}/people/${funder.id}`;
    const refused = await browser.submit(`${person}/employer`, {
      ...{ organisationId: north, position: 'Adviser <new>', sinceOn: '2026-12-01', seats: 'keep' },
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('They work there already.');
    expect(refused.html).toContain('value="Adviser &lt;new>"');
    const done = await browser.submit(`${person}/employer`, {
      ...{ organisationId: south, position: 'Adviser', sinceOn: '2026-12-01', seats: 'carry' },
    });
    expect([done.status, done.location]).toEqual([303, person]);
    const stranger = await Browser.of(app, partner);
    expect((await stranger.get(`${person}/employer`)).status).toBe(404);
    expect((await stranger.get(`/coalitions/${coalition.id}/people/nobody`)).status).toBe(404);
  });
});
