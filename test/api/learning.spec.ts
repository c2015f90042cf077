import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  type Made,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';
import { draftMotion } from '../support/decisions.js';
import { type Entry, entry, findEntries, writeEntry } from '../support/learning.js';

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
  coalition = await foundCoalition(app, `Learning Towns ${coalitions}`);
  const { backbone, id } = coalition;
  const goal = { name: 'Ready for school', horizonOn: '2031-08-31' };
  goalId = (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal))).id;
});

const change = (person: TestCoalition['backbone'], id: string, more: object, version: number) =>
  person.patch<Entry>(`/api/v1/learning-entries/${id}`, more, version);

describe('a learning entry', () => {
  it('is written by those who act, of a day up to today, and read by everybody', async () => {
    const { partner, funder, backbone } = coalition;
    const written = await partner.must(
      writeEntry(coalition, partner, { tags: ['Outreach', 'outreach', 'a b'] }),
    );
    expect(written).toMatchObject({ happenedOn: '2026-11-23', tags: ['a b', 'outreach'], version: 1 });
    expect((await writeEntry(coalition, funder)).status).toBe(403);
    const late = await writeEntry<ProblemBody>(coalition, backbone, { happenedOn: '2026-11-24' });
    expect([late.status, late.body.errors[0]!.pointer]).toEqual([422, '/happenedOn']);
    expect(await findEntries(coalition, funder)).toMatchObject([{ id: written.id, author: written.author }]);
  });

  it('is changed by its author or the backbone, and every version of its words stays', async () => {
    const { partner, backbone, finance, funder } = coalition;
    const { id } = await partner.must(writeEntry(coalition, partner));
    expect((await change(finance, id, { title: 'Mine' }, 1)).status).toBe(403);
    await partner.must(change(partner, id, { title: 'An open door brings families' }, 1));
    expect((await change(partner, id, { title: 'Too late' }, 1)).status).toBe(412);
    await backbone.must(change(backbone, id, { nextStep: 'We open two more doors.' }, 2));
    const { items } = await funder.must(
      funder.get<{ items: { version: number; title: string; nextStep: string }[] }>(
        `/api/v1/learning-entries/${id}/versions`,
      ),
    );
    expect(items.map(({ version, title, nextStep }) => [version, title, nextStep])).toEqual([
      [3, 'An open door brings families', 'We open two more doors.'],
      [2, 'An open door brings families', ''],
      [1, 'An open door brings parents', ''],
    ]);
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('is withdrawn with a reason, stays on record, and says nothing new after that', async () => {
    const { partner, funder } = coalition;
    const { id } = await partner.must(writeEntry(coalition, partner));
    const withdraw = (reason: string) =>
      partner.post<Entry>(`/api/v1/learning-entries/${id}/withdraw`, { reason });
    expect((await withdraw('')).status).toBe(400);
    expect((await partner.must(withdraw('Another group moved.'))).withdrawnReason).toBe(
      'Another group moved.',
    );
    expect((await withdraw('Again.')).status).toBe(409);
    expect((await change(partner, id, { title: 'Anew' }, 1)).status).toBe(409);
    expect(await findEntries(coalition, funder)).toEqual([]);
    expect(await findEntries(coalition, funder, '?state=withdrawn')).toMatchObject([{ id }]);
  });
});

describe('what an entry is linked to', () => {
  it('leads both ways: from the entry, and back from a goal, a decision, a grant', async () => {
    const { partner, backbone, funder } = coalition;
    await fund(coalition, '60000.00');
    const grant = await award(coalition, {
      amount: '6000.00',
      firstOn: '2026-12-15',
      everyMonths: 12,
      equalInstalments: 1,
    });
    const decision = await draftMotion(coalition);
    const links = [
      { kind: 'goal', id: goalId },
      { kind: 'decision', id: decision },
      { kind: 'grant', id: grant },
    ];
    const { id } = await backbone.must(writeEntry(coalition, backbone, { links }));
    await partner.must(writeEntry(coalition, partner, { title: 'Another one' }));
    for (const { kind, id: linkId } of links)
      expect(await findEntries(coalition, funder, `?linkKind=${kind}&linkId=${linkId}`)).toMatchObject([
        { id },
      ]);
    const read = await funder.must(funder.get<Entry>(`/api/v1/learning-entries/${id}`));
    expect(read.links.map(({ kind }) => kind)).toEqual(['decision', 'goal', 'grant']);
  });

  it('is hidden from a partner who may not see it: neither shown, nor found by, nor lost by its changes', async () => {
    const { backbone, id: coalitionId } = coalition;
    await fund(coalition, '60000.00');
    const grant = await award(coalition, {
      amount: '6000.00',
      firstOn: '2026-12-15',
      everyMonths: 12,
      equalInstalments: 1,
    });
    const links = [
      { kind: 'goal', id: goalId },
      { kind: 'grant', id: grant },
    ];
    const outsider = await app.person('Partner of Hill');
    await app.seat(outsider, coalitionId, 'partner', coalition.hill);
    const { id } = await backbone.must(writeEntry(coalition, backbone, { links }));
    const seen = await outsider.must(outsider.get<Entry>(`/api/v1/learning-entries/${id}`));
    expect(seen.links.map(({ kind }) => kind)).toEqual(['goal']);
    expect(await findEntries(coalition, outsider, '?linkKind=grant')).toEqual([]);
    expect(await findEntries(coalition, outsider, `?linkKind=grant&linkId=${grant}`)).toEqual([]);
    expect(await findEntries(coalition, coalition.partner, '?linkKind=grant')).toMatchObject([{ id }]);
    const tried = await writeEntry<ProblemBody>(coalition, outsider, { links });
    expect([tried.status, tried.body.errors[0]!.pointer]).toEqual([422, '/links/1']);
    const own = await outsider.must(writeEntry(coalition, outsider, { links: [links[0]] }));
    await backbone.must(change(backbone, own.id, { links }, 1));
    await outsider.must(change(outsider, own.id, { links: [] }, 2));
    const left = await backbone.must(backbone.get<Entry>(`/api/v1/learning-entries/${own.id}`));
    expect(left.links.map(({ kind }) => kind)).toEqual(['grant']);
  });

  it.each([
    ['something of another coalition', { kind: 'goal', id: '019303b0-0000-7000-8000-000000000000' }, 422],
    ['a kind that nobody knows', { kind: 'pledge', id: '019303b0-0000-7000-8000-000000000000' }, 400],
  ])('is not %s', async (_, link, status) => {
    const { partner } = coalition;
    expect((await writeEntry(coalition, partner, { links: [link] })).status).toBe(status);
  });
});

describe('nothing of learning', () => {
  it('attributes impact to a funder: no column, no field of the API, no kind of link has a place for it', async () => {
    const columns = await app.rows<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND (table_name LIKE 'learning%' OR table_name LIKE 'toolkit%')`,
    );
    const document = await coalition.backbone.must(
      coalition.backbone.get<{
        components: { schemas: Record<string, { properties?: Record<string, object> }> };
      }>('/api/openapi.json'),
    );
    const fields = Object.entries(document.components.schemas)
      .filter(([name]) => /Learning|Toolkit|^Shared/.test(name))
      .flatMap(([name, { properties = {} }]) => Object.keys(properties).map((field) => `${name}.${field}`));
    const { linkKinds } = await import('../../src/learning/link-kinds.js');
    const names = [...columns.map(({ name }) => name), ...fields, ...linkKinds.map(({ kind }) => kind)];
    expect(columns.length).toBeGreaterThan(40);
    expect(fields.length).toBeGreaterThan(60);
    expect(names.filter((name) => /fund(er|ed)|pledge|contribution|impact|attribut/i.test(name))).toEqual([]);
    expect(Object.keys(entry()).toSorted()).toEqual(['action', 'observation', 'title']);
  });
});
