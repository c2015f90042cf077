import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BackboneTermAnswer } from '../../src/coalitions/backbone-term.dto.js';
import { coalitionCalendar, refuseServingBackbone } from '../../src/coalitions/coalition.js';
import type { CoalitionAnswer } from '../../src/coalitions/coalition.dto.js';
import type { MembershipAnswer } from '../../src/coalitions/membership.dto.js';
import type { OrganisationAnswer } from '../../src/coalitions/organisation.dto.js';
import { coalitionsChecks } from '../../src/coalitions/coalitions.checks.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';

const harbour = {
  name: 'Harbour Young People',
  commonAgenda: 'Every child in the harbour wards is ready for school by 2031.',
  kind: 'coordinating',
  timeZone: 'Europe/London',
  businessDay: 'following',
  holidays: 'GB-ENG',
};

interface Problem {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; message: string }[];
}

let app: TestApp;
let ana: Client;
let ben: Client;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  ana = await app.person('Ana Duarte');
  ben = await app.person('Ben Okafor');
});

afterAll(() => app.stop());

const found = (who: Client, terms: object = {}) =>
  who.must(who.post<CoalitionAnswer>('/api/v1/coalitions', { ...harbour, ...terms }));

const add = (who: Client, coalitionId: string, facts: object) =>
  who.must(
    who.post<OrganisationAnswer>(`/api/v1/coalitions/${coalitionId}/organisations`, {
      sector: 'third',
      ...facts,
    }),
  );

const give = <Body = MembershipAnswer>(who: Client, coalitionId: string, seat: object) =>
  who.post<Body>(`/api/v1/coalitions/${coalitionId}/memberships`, seat);

const named = (body: Problem) => body.errors.map(({ pointer }) => pointer);

/** A pledge in draft, as the pools' own room would write it. */
const draftPledge = (
  run: (sql: string, parameters: string[]) => Promise<unknown>,
  coalitionId: string,
  funderId: string,
) =>
  run(
    `WITH pool AS (
       INSERT INTO pools (coalition_id, name, currency, attribution_rule, refund_policy, created_at)
       VALUES ($1, 'Pool', 'GBP', 'pro_rata', 'none', now()) RETURNING id)
     INSERT INTO pledges (coalition_id, pool_id, funder_id, reference, currency, amount, state, created_at)
     SELECT $1, id, $2, 'P-1', 'GBP', 100, 'draft', now() FROM pool`,
    [coalitionId, funderId],
  );

describe('founding a coalition', () => {
  it('gives the founder the backbone seat, and nobody else sees it', async () => {
    const coalition = await found(ana);
    expect(coalition).toMatchObject({ ...harbour, roles: ['backbone'], today: '2026-11-23', version: 1 });
    const mine = await ana.must(ana.get<Page<CoalitionAnswer>>('/api/v1/coalitions'));
    expect(mine.items.map(({ id }) => id)).toContain(coalition.id);
    expect((await ben.get(`/api/v1/coalitions/${coalition.id}`)).status).toBe(404);
    expect((await ben.must(ben.get<Page<CoalitionAnswer>>('/api/v1/coalitions'))).total).toBe(0);
    const [event] = await app.rows<object>(
      `SELECT person_id AS "personId", job, action FROM audit_events WHERE coalition_id = $1`,
      [coalition.id],
    );
    expect(event).toEqual({ personId: ana.id, job: 'coalition.found', action: 'coalition.founded' });
  });

  it('opens at once also where the calendar is a day ahead', async () => {
    const coalition = await found(ana, { timeZone: 'Pacific/Kiritimati', holidays: null });
    expect(coalition).toMatchObject({ roles: ['backbone'], today: '2026-11-23' });
    const late = await TestApp.start({ now: '2026-11-23T20:00:00Z' });
    try {
      const ivy = await late.person('Ivy');
      const east = await found(ivy, { timeZone: 'Pacific/Kiritimati', holidays: null });
      expect(east).toMatchObject({ roles: ['backbone'], today: '2026-11-24' });
    } finally {
      await late.stop();
    }
  });

  it('refuses a place that nobody knows, naming both fields', async () => {
    const { status, body } = await ana.post<Problem>('/api/v1/coalitions', {
      ...harbour,
      timeZone: 'London',
      holidays: 'England',
    });
    expect(status).toBe(422);
    expect(named(body)).toEqual(['/timeZone', '/holidays']);
  });
});

describe('a coalition', () => {
  it('is changed by its backbone, with the version that was read', async () => {
    const { id } = await found(ana);
    const address = `/api/v1/coalitions/${id}`;
    await app.seat(ben, id, 'finance');
    expect((await ben.patch(address, { name: 'Mine' }, 1)).status).toBe(403);
    const changed = await ana.patch<CoalitionAnswer>(address, { name: 'Harbour', holidays: null }, 1);
    expect(changed.body).toMatchObject({ ...harbour, name: 'Harbour', holidays: null, version: 2 });
    expect((await ana.patch(address, { name: 'Again' }, 1)).status).toBe(412);
    const blank = await ana.patch<Problem>(address, { name: null, timeZone: '' }, 2);
    expect([blank.status, named(blank.body)]).toEqual([400, ['/name', '/timeZone']]);
  });
});

describe('organisations', () => {
  it('are added by backbone and finance, and read by every member', async () => {
    const { id } = await found(ana);
    const foundation = await add(ana, id, { name: 'Harbour Foundation', orgId: 'GB-CHC-1094112' });
    expect(foundation).toMatchObject({
      coalitionId: id,
      orgId: 'GB-CHC-1094112',
      sector: 'third',
      email: null,
      isBackbone: false,
      version: 1,
    });
    const olu = await app.person('Olu');
    expect((await olu.get(`/api/v1/organisations/${foundation.id}`)).status).toBe(404);
    await app.seat(olu, id, 'partner', foundation.id);
    expect(await olu.must(olu.get(`/api/v1/organisations/${foundation.id}`))).toEqual(foundation);
    const organisations = `/api/v1/coalitions/${id}/organisations`;
    expect((await olu.post(organisations, { name: 'Mine', sector: 'third' })).status).toBe(403);
    const listed = await olu.must(olu.get<Page<OrganisationAnswer>>(`${organisations}?orgId=GB-CHC-1094112`));
    expect(listed.items).toEqual([foundation]);
  });

  it('have a name and an org-id of their own, and the refusal says whose they are', async () => {
    const { id } = await found(ana);
    await add(ana, id, { name: 'Harbour Foundation', orgId: 'GB-CHC-1094112' });
    const organisations = `/api/v1/coalitions/${id}/organisations`;
    const twin = await ana.post<Problem>(organisations, {
      name: 'Another',
      orgId: 'GB-CHC-1094112',
      sector: 'third',
    });
    expect(twin.status).toBe(409);
    expect(twin.body).toMatchObject({
      detail: 'Harbour Foundation has the org-id GB-CHC-1094112 already.',
      errors: [{ pointer: '/orgId' }],
    });
    const odd = await ana.post<Problem>(organisations, { name: 'Odd', orgId: '1094112', sector: 'third' });
    expect([odd.status, named(odd.body)]).toEqual([422, ['/orgId']]);
  });

  it('are the coalition’s own: the same org-id stands in two coalitions', async () => {
    const [one, two] = [await found(ana), await found(ana)];
    const orgId = 'GB-CHC-200000';
    const first = await add(ana, one.id, { name: 'Lights', orgId });
    const second = await add(ana, two.id, { name: 'Lights Trust', orgId });
    expect(second.id).not.toBe(first.id);
  });

  it('are changed with the version that was read; null forgets', async () => {
    const { id } = await found(ana);
    const { id: organisationId } = await add(ana, id, { name: 'Lights', email: 'Grants@Example.org' });
    const address = `/api/v1/organisations/${organisationId}`;
    const changed = await ana.patch<OrganisationAnswer>(address, { sector: 'public', email: null }, 1);
    expect(changed.body).toMatchObject({ name: 'Lights', sector: 'public', email: null, version: 2 });
    expect((await ana.patch(address, { name: 'Lamps' }, 1)).status).toBe(412);
  });
});

describe('seats', () => {
  it('are given by e-mail: whoever is not known is invited', async () => {
    const { id } = await found(ana);
    const foundation = await add(ana, id, { name: 'Harbour Foundation' });
    const { status, body } = await give(ana, id, {
      email: 'Cleo@Example.org',
      name: 'Cleo Adeyemi',
      role: 'funder',
      organisationId: foundation.id,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      personName: 'Cleo Adeyemi',
      email: 'cleo@example.org',
      role: 'funder',
      organisationName: 'Harbour Foundation',
      sinceOn: '2026-11-23',
      untilOn: null,
      standing: 'serving',
    });
    const letters = `SELECT template FROM mail_messages WHERE to_address = 'cleo@example.org'`;
    expect(await app.rows(letters)).toEqual([{ template: 'account.invitation' }]);
    const second = await give(ana, id, { email: 'cleo@example.org', role: 'observer' });
    expect(second.body.personId).toBe(body.personId);
    expect(await app.rows(letters)).toHaveLength(1);
  });

  it('need a person, and a name for whoever is new', async () => {
    const { id } = await found(ana);
    const nobody = await give<Problem>(ana, id, { role: 'observer' });
    expect([nobody.status, named(nobody.body)]).toEqual([422, ['/email']]);
    const nameless = await give<Problem>(ana, id, { email: 'new@example.org', role: 'observer' });
    expect([nameless.status, named(nameless.body)]).toEqual([422, ['/name']]);
    const strange = await app.person('Stranger');
    const unseen = await give<Problem>(ana, id, { personId: strange.id, role: 'observer' });
    expect([unseen.status, named(unseen.body)]).toEqual([422, ['/personId']]);
    expect(await app.rows(`SELECT 1 FROM persons WHERE email = 'new@example.org'`)).toEqual([]);
  });

  it('of a funder and a partner need an organisation of this coalition', async () => {
    const [{ id }, other] = [await found(ana), await found(ana)];
    const elsewhere = await add(ana, other.id, { name: 'Elsewhere' });
    for (const organisationId of [undefined, elsewhere.id]) {
      const refused = await give<Problem>(ana, id, { personId: ana.id, role: 'funder', organisationId });
      expect([refused.status, named(refused.body)]).toEqual([422, ['/organisationId']]);
    }
  });

  it('of approver and finance are not taken for oneself, nor given up by oneself', async () => {
    const { id } = await found(ana);
    const own = await give<Problem>(ana, id, { personId: ana.id, role: 'approver' });
    expect([own.status, own.body.code, named(own.body)]).toEqual([403, 'makerIsChecker', ['/role']]);
    await app.seat(ben, id, 'backbone');
    const fromBen = await ben.must(give(ben, id, { personId: ana.id, role: 'approver' }));
    expect((await ana.post<Problem>(`/api/v1/memberships/${fromBen.id}/end`, {})).body.code).toBe(
      'makerIsChecker',
    );
    const ended = await ben.must(ben.post<MembershipAnswer>(`/api/v1/memberships/${fromBen.id}/end`, {}));
    expect(ended).toMatchObject({ untilOn: '2026-11-23', standing: 'serving' });
  });

  it('end, and the coalition is gone from sight the day after; its last backbone seat does not end', async () => {
    const { id } = await found(ana);
    const [mine] = (await ana.must(ana.get<Page<MembershipAnswer>>(`/api/v1/coalitions/${id}/memberships`)))
      .items;
    const last = await ana.post<Problem>(`/api/v1/memberships/${mine!.id}/end`, {});
    expect([last.status, last.body.code]).toEqual([422, 'ruleBroken']);
    expect(last.body.detail).toContain('nobody would hold a backbone seat');

    const dan = await app.person('Dan');
    await app.seat(dan, id, 'observer');
    const seats = `/api/v1/coalitions/${id}/memberships`;
    const [his] = (await ana.must(ana.get<Page<MembershipAnswer>>(`${seats}?personId=${dan.id}`))).items;
    const address = `/api/v1/memberships/${his!.id}/end`;
    expect((await dan.post(address, {})).status).toBe(403);
    expect((await ana.post(address, { untilOn: '2026-11-22' })).status).toBe(200);
    expect((await dan.get(`/api/v1/coalitions/${id}`)).status).toBe(404);
    expect((await ana.post<Problem>(address, {})).body).toMatchObject({
      status: 409,
      detail: 'This seat ended on 2026-11-22 already. Give a new one instead.',
    });
    const past = await ana.must(ana.get<Page<MembershipAnswer>>(`${seats}?standing=ended`));
    expect(past.items.map(({ personName }) => personName)).toEqual(['Dan']);
  });

  it('are not held twice at once, also when two give the same seat in the same moment', async () => {
    const { id } = await found(ana);
    const seat = { personId: ana.id, role: 'observer' };
    const statuses = (await Promise.all([give(ana, id, seat), give(ana, id, seat)])).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, 409]);
  });
});

describe('the backbone organisation', () => {
  const name = (coalitionId: string, term: object) =>
    ana.post<BackboneTermAnswer & Problem>(`/api/v1/coalitions/${coalitionId}/backbone-terms`, term);

  it('is named for a time, the one before gives way, and a public body gets a neutrality note', async () => {
    const { id } = await found(ana);
    const commons = await add(ana, id, { name: 'Harbour Commons' });
    const city = await add(ana, id, { name: 'City of Leith', sector: 'public' });
    const first = await ana.must(name(id, { organisationId: commons.id, sinceOn: '2025-01-01' }));
    expect(first).toMatchObject({ standing: 'serving', neutralityNote: null, untilOn: null });
    const second = await ana.must(name(id, { organisationId: city.id }));
    expect(second).toMatchObject({ sinceOn: '2026-11-23', standing: 'serving' });
    expect(second.neutralityNote).toContain('City of Leith is a public body');
    const terms = await ana.must(
      ana.get<Page<BackboneTermAnswer>>(`/api/v1/coalitions/${id}/backbone-terms`),
    );
    expect(terms.items.map(({ organisationName, untilOn }) => [organisationName, untilOn])).toEqual([
      ['City of Leith', null],
      ['Harbour Commons', '2026-11-22'],
    ]);
    expect(await ana.must(ana.get(`/api/v1/organisations/${city.id}`))).toMatchObject({ isBackbone: true });
    const ended = await ana.must(
      ana.post<BackboneTermAnswer>(`/api/v1/backbone-terms/${second.id}/end`, { untilOn: '2026-11-30' }),
    );
    expect(ended).toMatchObject({ untilOn: '2026-11-30', standing: 'serving' });
  });

  it('holds no seat of a funder or partner while it serves', async () => {
    const { id } = await found(ana);
    const commons = await add(ana, id, { name: 'Harbour Commons' });
    await ana.must(name(id, { organisationId: commons.id }));
    for (const role of ['funder', 'partner']) {
      const refused = await give<Problem>(ana, id, { personId: ana.id, role, organisationId: commons.id });
      expect([refused.status, named(refused.body)]).toEqual([422, ['/organisationId']]);
      expect(refused.body.detail).toContain('Harbour Commons serves the coalition as its backbone');
    }
  });

  it('is not named from among the funders and partners', async () => {
    const { id } = await found(ana);
    const foundation = await add(ana, id, { name: 'Harbour Foundation' });
    await app.seat(ben, id, 'funder', foundation.id);
    const refused = await name(id, { organisationId: foundation.id });
    expect([refused.status, named(refused.body)]).toEqual([422, ['/organisationId']]);
    expect(refused.body.detail).toContain('Harbour Foundation holds the seat of a funder');
  });

  it('is not named from among those with an open pledge', async () => {
    const { id } = await found(ana);
    const foundation = await add(ana, id, { name: 'Harbour Foundation' });
    await draftPledge((sql, parameters) => app.rows(sql, parameters), id, foundation.id);
    expect((await name(id, { organisationId: foundation.id })).body.detail).toContain(
      'has the open pledge P-1',
    );
  });

  it('is kept out of money by refuseServingBackbone, also by a term that is still ahead', async () => {
    const { id } = await found(ana);
    const commons = await add(ana, id, { name: 'Harbour Commons' });
    const pledge = () => app.as(ana, (tx) => refuseServingBackbone(tx, id, commons.id, '/funderId'));
    await expect(pledge()).resolves.toBeUndefined();
    await ana.must(name(id, { organisationId: commons.id, sinceOn: '2027-01-01' }));
    await expect(pledge()).rejects.toMatchObject({ code: 'ruleBroken', fields: [{ pointer: '/funderId' }] });
  });

  it('is not named while a pledge of the same organisation is being made', async () => {
    const { id } = await found(ana);
    const foundation = await add(ana, id, { name: 'Harbour Foundation' });
    const naming = await app.as(ana, async (tx) => {
      await refuseServingBackbone(tx, id, foundation.id, '/funderId');
      const answer = name(id, { organisationId: foundation.id });
      const first = await Promise.race([answer, setTimeout(300, 'waits')]);
      expect(first).toBe('waits');
      await draftPledge((sql, parameters) => tx.rows(sql, parameters), id, foundation.id);
      return { answer };
    });
    expect((await naming.answer).body.detail).toContain('has the open pledge P-1');
  });
});

describe('the calendar of a coalition', () => {
  it('says what day it is there', async () => {
    const { id } = await found(ana, { timeZone: 'America/Los_Angeles', holidays: 'US-CA' });
    app.clock.moveTo(new Date('2026-11-24T03:00:00Z'));
    try {
      expect(await app.as(ana, (tx) => coalitionCalendar(tx, id))).toEqual({
        timeZone: 'America/Los_Angeles',
        businessDay: 'following',
        holidays: 'US-CA',
        today: '2026-11-23',
      });
    } finally {
      app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
    }
  });
});

describe('verify', () => {
  it('holds after all this, and names what somebody broke behind the rules', async () => {
    const broken = async () => {
      const results = await runChecks(coalitionsChecks, (sql) => app.rows(sql));
      return results.filter((result) => result.broken > 0).map(({ rule, example }) => [rule, example]);
    };
    expect(await broken()).toEqual([]);
    const { id } = await found(ana);
    const commons = await add(ana, id, { name: 'Harbour Commons' });
    await ana.must(ana.post(`/api/v1/coalitions/${id}/backbone-terms`, { organisationId: commons.id }));
    await app.seat(ben, id, 'funder', commons.id);
    const [term] = await app.rows<{ id: string }>(`SELECT id FROM backbone_terms WHERE coalition_id = $1`, [
      id,
    ]);
    expect(await broken()).toEqual([
      [
        'no backbone organisation funds its coalition or is its grantee while it serves',
        `backbone term ${term!.id}`,
      ],
    ]);
  });
});
