import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type Made, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import { draftMotion, openMotion } from '../support/decisions.js';
import { writeEntry } from '../support/learning.js';

interface Edition {
  number: number;
  contentHash: string;
  state: string;
}
interface Toolkit {
  version: number;
  asked: Edition | null;
  published: Edition | null;
  isCurrent: boolean;
  items: { kind: string; title: string }[];
}
interface Content {
  title: string;
  pages: { title: string; body: string }[];
  goals: { name: string; curves: { name: string; readings: { value: string }[] }[] }[];
  entries: { title: string; author: string | null }[];
  decisions: { reference: string; outcome: string }[];
}

let app: TestApp;
let coalition: TestCoalition;
let goal: string;
let entry: string;
let slug: string;
let second: Client;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  slug = `sharing-towns-${coalitions}`;
  coalition = await foundCoalition(app, `Sharing Towns ${coalitions}`);
  const { backbone, partner, id } = coalition;
  second = await app.person(`Somebody else ${coalitions}`);
  await app.seat(second, id, 'backbone', null);
  const made = { name: 'Ready for school', horizonOn: '2031-08-31' };
  goal = (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, made))).id;
  entry = (await partner.must(writeEntry(coalition, partner))).id;
});

const page = { kind: 'page', title: 'How we meet', body: '## Weekly\n\nIn the **hall**.' };
const prepare = (more: object = {}, version = 0, person = coalition.backbone) =>
  person.send<Toolkit>({
    ...{ method: 'PUT', url: `/api/v1/coalitions/${coalition.id}/toolkit` },
    headers: { 'if-match': `"${version}"` },
    payload: {
      ...{ slug, title: 'What we know', introduction: 'For neighbours.', namesPeople: false },
      ...{ items: [page, { kind: 'goal', id: goal }, { kind: 'learningEntry', id: entry }] },
      ...more,
    },
  });
const post = <Body = Toolkit>(person: Client, what: string, body?: object) =>
  person.post<Body>(`/api/v1/coalitions/${coalition.id}/toolkit/${what}`, body);
const read = () => second.must(second.get<Toolkit>(`/api/v1/coalitions/${coalition.id}/toolkit`));
const inPublic = (address = slug) => app.nest.inject({ method: 'GET', url: `/api/v1/toolkits/${address}` });
const publish = async () => {
  const { backbone } = coalition;
  const { asked } = await backbone.must(post(backbone, 'ask'));
  return second.must(post(second, 'publish', { contentHash: asked!.contentHash }));
};

describe('a toolkit', () => {
  it('is prepared by the backbone, and public only when somebody else has published it', async () => {
    const { backbone, partner, funder } = coalition;
    expect((await prepare({}, 0, partner)).status).toBe(403);
    expect((await funder.get(`/api/v1/coalitions/${coalition.id}/toolkit`)).status).toBe(403);
    await backbone.must(prepare());
    expect((await prepare()).status).toBe(412);
    expect((await inPublic()).statusCode).toBe(404);
    const { asked } = await backbone.must(post(backbone, 'ask'));
    expect((await inPublic()).statusCode).toBe(404);
    const seen = { contentHash: asked!.contentHash };
    expect((await post(backbone, 'publish', seen)).status).toBe(403);
    await second.must(post(second, 'publish', seen));
    const answer = await inPublic();
    expect(answer.headers['cache-control']).toBe('public, no-cache');
    expect(answer.json<Content>()).toMatchObject({
      ...{ title: 'What we know', pages: [{ title: 'How we meet' }], decisions: [] },
      goals: [{ name: 'Ready for school', curves: [] }],
      entries: [{ title: 'An open door brings parents', author: null }],
    });
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('is taken off at once, by one person', async () => {
    await coalition.backbone.must(prepare());
    await publish();
    const { approver } = coalition;
    expect((await post(approver, 'unpublish', { reason: '' })).status).toBe(400);
    await approver.must(post(approver, 'unpublish', { reason: 'A page has to be put right.' }));
    expect((await inPublic()).statusCode).toBe(404);
    expect((await post(approver, 'unpublish', { reason: 'Again.' })).status).toBe(409);
  });

  it('shows what was published until something else is: what changes meanwhile is not public', async () => {
    const { backbone, partner } = coalition;
    await backbone.must(prepare());
    await publish();
    await partner.must(partner.patch(`/api/v1/learning-entries/${entry}`, { title: 'Not public yet' }, 1));
    expect((await inPublic()).payload).not.toContain('Not public yet');
    expect((await read()).isCurrent).toBe(false);
    expect((await publish()).published!.number).toBe(2);
    expect((await inPublic()).payload).toContain('Not public yet');
    const editions = await app.rows<{ state: string }>(
      `SELECT state FROM toolkit_editions WHERE coalition_id = $1 ORDER BY number`,
      [coalition.id],
    );
    expect(editions.map(({ state }) => state)).toEqual(['replaced', 'published']);
  });

  it('is published only as it was looked at, and as it still is', async () => {
    const { backbone, partner } = coalition;
    await backbone.must(prepare());
    const { asked } = await backbone.must(post(backbone, 'ask'));
    expect((await post(second, 'publish', { contentHash: 'another' })).status).toBe(409);
    await partner.must(partner.post(`/api/v1/learning-entries/${entry}/withdraw`, { reason: 'Wrong.' }));
    const late = await post<ProblemBody>(second, 'publish', { contentHash: asked!.contentHash });
    expect([late.status, late.body.detail]).toEqual([
      409,
      `What is shared has changed since Backbone of Sharing Towns ${coalitions} asked for it. Ask for it anew.`,
    ]);
    await second.must(post(second, 'refuse', { reason: 'An entry was withdrawn.' }));
    expect((await read()).asked).toBeNull();
  });

  it('holds no draft: neither an open motion nor an entry that was withdrawn', async () => {
    const { backbone, partner } = coalition;
    const draft = await draftMotion(coalition);
    const open = await openMotion(coalition);
    for (const id of [draft, open])
      expect((await prepare({ items: [{ kind: 'decision', id }] })).status).toBe(422);
    await backbone.must(prepare());
    await partner.must(partner.post(`/api/v1/learning-entries/${entry}/withdraw`, { reason: 'Wrong.' }));
    await publish();
    expect((await inPublic()).json<Content>().entries).toEqual([]);
  });

  it('names nobody unless the coalition chose to', async () => {
    const { backbone } = coalition;
    const named = { ...page, body: `Ask Partner of Sharing Towns ${coalitions}.` };
    await backbone.must(prepare({ items: [named] }));
    const refused = await post<ProblemBody>(backbone, 'ask');
    expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([422, '/namesPeople']);
    await backbone.must(
      prepare({ items: [named, { kind: 'learningEntry', id: entry }], namesPeople: true }, 1),
    );
    await publish();
    expect((await inPublic()).json<Content>().entries[0]!.author).toBe(
      `Partner of Sharing Towns ${coalitions}`,
    );
  });

  it('has an address of its own in the whole house', async () => {
    const { backbone } = coalition;
    await backbone.must(prepare());
    const other = await foundCoalition(app, `Copying Towns ${coalitions}`);
    const taken = await other.backbone.send<ProblemBody>({
      ...{ method: 'PUT', url: `/api/v1/coalitions/${other.id}/toolkit`, headers: { 'if-match': '"0"' } },
      payload: { slug, title: 'Mine', namesPeople: false, items: [] },
    });
    expect([taken.status, taken.body.errors[0]!.pointer]).toEqual([409, '/slug']);
    expect((await prepare({ slug: 'Not an address' }, 1)).status).toBe(400);
  });
});

describe('whoever can publish', () => {
  const letters = () =>
    app.rows<{ to: string; subject: string; text: string; state: string }>(
      `SELECT to_address AS to, subject, text_body AS text, state FROM mail_messages
       WHERE template = 'toolkit.waiting' AND coalition_id = $1 ORDER BY created_at, to_address`,
      [coalition.id],
    );
  const notes = () =>
    app.rows<{ note: string }>(
      `SELECT note FROM occurrences WHERE kind = 'toolkit.remind' AND coalition_id = $1 AND state = 'skipped'`,
      [coalition.id],
    );

  it('is told of what waits for them, and reminded; who asked is not', async () => {
    const { backbone, approver, secondApprover } = coalition;
    await backbone.must(prepare());
    await backbone.must(post(backbone, 'ask'));
    await app.drain();
    const told = await letters();
    expect(told.map(({ to }) => to)).toEqual([approver.email, secondApprover.email, second.email].sort());
    expect(told[0]!.subject).toBe('To be published: What we know');
    expect(told[0]!.text).toContain('3 things that it has learnt or decided');
    expect(told[0]!.text).toContain(`/coalitions/${coalition.id}/learning/toolkit`);
    // Asked on Monday, 23 November.
    await app.moveTo('2026-11-25T08:00:00Z');
    expect((await letters()).slice(3).map(({ subject }) => subject)).toEqual(
      Array(3).fill('Still waits to be published: What we know'),
    );
  });

  it('hears no more of it once it is published, refused, or asked for anew', async () => {
    const { backbone } = coalition;
    await backbone.must(prepare());
    await backbone.must(post(backbone, 'ask'));
    await app.drain();
    await backbone.must(post(backbone, 'ask'));
    expect((await letters()).map(({ state }) => state)).toEqual(Array(3).fill('withdrawn'));
    expect(await notes()).toEqual(Array(2).fill({ note: 'it was asked for anew' }));
    await second.must(post(second, 'refuse', { reason: 'Not yet' }));
    await publish();
    await app.moveTo('2026-12-01T09:00:00Z');
    expect(await letters()).toHaveLength(3);
    const all = (await notes()).map(({ note }) => note);
    expect(all.filter((note) => note === 'it was refused')).toHaveLength(3);
    expect(all.filter((note) => note === 'it was published')).toHaveLength(3);
  });
});

describe('the public door', () => {
  it('opens nothing but what is published: no table, whatever is in it', async () => {
    await coalition.backbone.must(prepare());
    await publish();
    const { doorActor } = await import('../../src/platform/database/actor.js');
    const { Database, inTransaction } = await import('../../src/platform/database/database.js');
    const tables = await app.rows<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.column_name = 'coalition_id'`,
    );
    const seen = await inTransaction(app.nest.get(Database), doorActor('public', 'test'), async (tx) => {
      const counts: string[] = [];
      for (const { name } of tables) {
        const row = await tx.row<{ count: number }>(
          `SELECT count(*)::int AS count FROM ${name} WHERE coalition_id IS NOT NULL`,
        );
        if (row!.count > 0) counts.push(name);
      }
      const published = await tx.rows(`SELECT 1 FROM published_toolkit($1)`, [slug]);
      return { counts, published: published.length };
    });
    expect(tables.length).toBeGreaterThan(60);
    expect(seen).toEqual({ counts: [], published: 1 });
  });

  it('has no address but those of toolkits', async () => {
    for (const address of ['nothing-here', 'x', '%00', "a'b", 'A'.repeat(200)])
      expect((await inPublic(address)).statusCode).toBe(404);
  });

  it('lets no id of the coalition out', async () => {
    await coalition.backbone.must(prepare());
    await publish();
    expect((await inPublic()).payload).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });
});
