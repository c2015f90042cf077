import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CoalitionAnswer } from '../../src/coalitions/coalition.dto.js';
import type { MembershipAnswer } from '../../src/coalitions/membership.dto.js';
import type { GoalAnswer } from '../../src/goals/goal.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { type Client, TestApp } from '../support/app.js';

let app: TestApp;
let ana: Client;
let observer: Client;
let coalition: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  ana = await app.person('Ana Duarte');
  observer = await app.person('Ola Berg');
  const answer = await send(ana, '/coalitions', {
    name: 'Harbour Young People',
    commonAgenda: 'Ready for school by 2031.',
    kind: 'coordinating',
    timeZone: 'Europe/London',
    businessDay: 'following',
    holidays: 'GB-ENG',
  });
  expect(answer.status).toBe(303);
  coalition = String(answer.headers.location);
  await app.seat(observer, coalition.split('/').at(-1)!, 'observer');
});

afterAll(() => app.stop());

/** Sends a form as a browser does, and gives back what came. */
const send = (who: Client, url: string, fields: Record<string, string>) =>
  who.send<string>({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  });

const open = async (who: Client, url: string) => {
  const { status, body } = await who.get<string>(url, { accept: 'text/html' });
  return { status, body };
};

describe('the pages of a coalition', () => {
  it('founded by a form, it is there, and its people page teaches the next step', async () => {
    const { status, body } = await open(ana, `${coalition}/people`);
    expect(status).toBe(200);
    expect(body).toContain('Ana Duarte');
    expect(body).toContain('No organisation serves yet');
    expect(body).toContain(`href="${coalition}/people/invite"`);
  });

  it('a refused form comes back with what was typed, and the reason beside its field', async () => {
    const { status, body } = await send(ana, `${coalition}/organisations`, {
      name: 'Harbour <Foundation>',
      orgId: '1094112',
      sector: 'third',
    });
    expect(status).toBe(422);
    expect(body).toContain('value="Harbour &lt;Foundation>"');
    expect(body).toMatch(/id="field-orgId-error">.*An org-id names the register/s);
  });

  it('an organisation is added, shown and changed; what is emptied is forgotten', async () => {
    const added = await send(ana, `${coalition}/organisations`, {
      name: 'City of Leith',
      sector: 'public',
      email: 'info@leith.example.org',
    });
    const address = String(added.headers.location);
    expect((await open(observer, address)).body).toContain('info@leith.example.org');
    expect((await open(observer, `${address}/edit`)).status).toBe(403);
    const changed = await send(ana, address, {
      name: 'City of Leith',
      sector: 'public',
      email: '',
      version: '1',
    });
    expect([changed.status, changed.headers.location]).toEqual([303, address]);
    const { body } = await open(ana, address);
    expect(body).toContain('contact: info@leith.example.org → nothing');
    const stale = await send(ana, address, { name: 'Leith', sector: 'public', version: '1' });
    expect(stale.status).toBe(422);
    expect(stale.body).toContain('Somebody changed the organisation meanwhile.');
  });

  it('a public body that serves as the backbone is noted where every member looks', async () => {
    const city = await app.rows<{ id: string }>(`SELECT id FROM organisations WHERE name = 'City of Leith'`);
    await send(ana, `${coalition}/backbone-terms`, { organisationId: city[0]!.id, sinceOn: '2026-11-23' });
    const { body } = await open(observer, `${coalition}/people`);
    expect(body).toContain('City of Leith is a public body, not an organisation of the third sector.');
    expect(body).not.toContain('Name another');
  });

  it('a person is invited and seated, and their seat ended', async () => {
    const invited = await send(ana, `${coalition}/people`, {
      email: 'dan@example.org',
      name: 'Dan Murphy',
      role: 'approver',
      sinceOn: '2026-11-01',
    });
    expect([invited.status, invited.headers.location]).toEqual([303, `${coalition}/people`]);
    expect((await open(ana, `${coalition}/people`)).body).toContain('Sent, and not taken up yet');
    expect((await open(observer, `${coalition}/people`)).body).not.toContain('Sent, and not taken up yet');
    const seats = await ana.must(
      ana.get<Page<MembershipAnswer>>(`/api/v1${coalition}/memberships?role=approver`),
    );
    const end = `/memberships/${seats.items[0]!.id}/end`;
    expect((await open(ana, end)).body).toContain('Dan Murphy: Approver');
    expect((await send(ana, end, { untilOn: '2026-11-22' })).status).toBe(303);
    const past = (await open(ana, `${coalition}/people?standing=ended&person=DAN`)).body;
    expect(past).toContain('Dan Murphy');
    expect(past).toContain('Keep this view');
    expect((await open(ana, `${coalition}/people?standing=serving`)).body).not.toContain('mailto:dan@');
  });

  it('the last backbone seat does not end, and the form says why', async () => {
    const seats = await ana.must(
      ana.get<Page<MembershipAnswer>>(`/api/v1${coalition}/memberships?role=backbone`),
    );
    const { status, body } = await send(ana, `/memberships/${seats.items[0]!.id}/end`, {
      untilOn: '2026-11-23',
    });
    expect(status).toBe(422);
    expect(body).toContain('From 2026-11-24 on nobody would hold a backbone seat.');
  });

  it('settings are the backbone’s, and are saved with the version that was seen', async () => {
    expect((await open(observer, `${coalition}/settings`)).status).toBe(403);
    const { version, ...terms } = await ana.must(ana.get<CoalitionAnswer>(`/api/v1${coalition}`));
    const { name, commonAgenda, kind, timeZone, businessDay } = terms;
    const fields = {
      name,
      commonAgenda,
      kind,
      timeZone,
      businessDay,
      holidays: '',
      version: String(version),
    };
    expect((await send(ana, `${coalition}/settings`, fields)).status).toBe(303);
    expect((await ana.must(ana.get<CoalitionAnswer>(`/api/v1${coalition}`))).holidays).toBeNull();
    expect((await open(ana, `${coalition}/settings`)).body).toContain('holidays: GB-ENG → nothing');
  });
});

describe('the pages of goals', () => {
  it('a goal is added, listed, shown and changed', async () => {
    const added = await send(ana, `${coalition}/goals`, {
      name: 'Ready for school',
      horizonOn: '2031-08-31',
    });
    const address = String(added.headers.location);
    expect((await open(observer, `${coalition}/goals`)).body).toContain(`href="${address}"`);
    expect((await open(observer, `${address}/edit`)).status).toBe(403);
    const refused = await send(ana, address, { name: 'Ready', horizonOn: '2020-01-01', version: '1' });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('A goal lies ahead. Choose a horizon after today.');
    await send(ana, address, { name: 'Ready for school', horizonOn: '2032-08-31', version: '1' });
    expect((await open(observer, address)).body).toContain('horizon: 2031-08-31 → 2032-08-31');
    expect((await ana.must(ana.get<GoalAnswer>(`/api/v1${address}`))).version).toBe(2);
  });
});
