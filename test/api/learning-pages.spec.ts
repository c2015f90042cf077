import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type Made, type TestCoalition } from '../support/coalition.js';
import { draftMotion } from '../support/decisions.js';
import { entry, writeEntry } from '../support/learning.js';

let app: TestApp;
let coalition: TestCoalition;
let goal: string;
let partner: Browser;
let backbone: Browser;
let funder: Browser;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'Reading Towns');
  const made = { name: 'Ready for school', horizonOn: '2031-08-31' };
  const path = `/api/v1/coalitions/${coalition.id}/goals`;
  goal = (await coalition.backbone.must(coalition.backbone.post<Made>(path, made))).id;
  partner = await Browser.of(app, coalition.partner);
  backbone = await Browser.of(app, coalition.backbone);
  funder = await Browser.of(app, coalition.funder);
});
afterAll(() => app?.stop());

const home = () => `/coalitions/${coalition.id}/learning`;

describe('the pages of learning', () => {
  it('write an entry from the page of a goal, with the link filled in, and lead back to it', async () => {
    const add = `${home()}/new?kind=goal&amp;id=${goal}`;
    expect((await partner.get(`/goals/${goal}`)).html).toContain(`href="${add}"`);
    const form = await partner.get(add.replace('&amp;', '&'));
    expect(form.html).toMatch(new RegExp(`value="goal:${goal}"[^>]*checked`));
    const sent = await partner.submit(
      home(),
      { ...entry(), happenedOn: '2026-11-20', tags: 'Outreach, schools', 'links[]': [`goal:${goal}`] },
      `${home()}/new`,
    );
    expect(sent.status).toBe(303);
    const shown = await partner.get(sent.location!);
    expect(shown.html).toContain('What we saw');
    expect(shown.html).toContain(`href="/goals/${goal}"`);
    const back = await funder.get(`/goals/${goal}`);
    expect(back.html).toContain('What we learned');
    expect(back.html).toContain(`href="${sent.location}"`);
    expect(back.html).not.toContain(`${home()}/new`);
  });

  it('keep what was typed when it is refused, and say where', async () => {
    const refused = await partner.submit(
      home(),
      { ...entry({ title: 'Soon' }), happenedOn: '2026-12-24', 'links[]': [`goal:${goal}`] },
      `${home()}/new`,
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="Soon"');
    expect(refused.html).toContain('It cannot have been after today');
    expect(refused.html).toMatch(new RegExp(`value="goal:${goal}"[^>]*checked`));
  });

  it('begin with the search, and mark what was found without ever taking it for mark-up', async () => {
    const { id } = await coalition.partner.must(
      writeEntry(coalition, coalition.partner, {
        title: '<b>Bold</b> plans',
        observation: '<script>alert("quay")</script> on the quay.',
      }),
    );
    const { html } = await funder.get(`${home()}?q=quay`);
    expect(html.indexOf('name="q"')).toBeLessThan(html.indexOf('name="tag"'));
    expect(html).toContain('<mark class="tb-found">quay</mark>');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<b>Bold</b>');
    expect((await funder.get(`/learning-entries/${id}`)).html).toContain('&lt;b>Bold&lt;/b> plans');
    expect((await funder.get(`/coalitions/${coalition.id}`)).html).toContain(
      `action="/coalitions/${coalition.id}/search"`,
    );
    expect((await funder.get(`/coalitions/${coalition.id}/search?q=quay`)).html).toContain(
      `href="/learning-entries/${id}"`,
    );
  });

  it('show the card on the pages of indicators, decisions, grants, their reports and the coalition', async () => {
    await fund(coalition, '60000.00');
    const terms = { amount: '6000.00', firstOn: '2026-12-15', everyMonths: 12, equalInstalments: 1 };
    const grant = await award(coalition, { ...terms, goalIds: [goal] });
    const decision = await draftMotion(coalition);
    const indicator = await coalition.backbone.must(
      coalition.backbone.post<Made>(`/api/v1/goals/${goal}/indicators`, {
        ...{
          name: 'Children ready',
          unit: '%',
          places: 0,
          polarity: 'up',
          frequency: 'year',
          dueAfterDays: 30,
        },
        ...{ definition: 'By the teachers', source: 'Schools', method: 'Survey' },
      }),
    );
    await app.drain();
    const address = `/api/v1/coalitions/${coalition.id}/spend-reports`;
    const { items } = await coalition.backbone.must(coalition.backbone.get<{ items: Made[] }>(address));
    const report = items[0]!.id;
    const links = [
      { kind: 'spendReport', id: report },
      { kind: 'grant', id: grant },
      { kind: 'decision', id: decision },
      { kind: 'indicator', id: indicator.id },
    ];
    await coalition.backbone.must(
      writeEntry(coalition, coalition.backbone, { title: 'Seen from all', links }),
    );
    const pages = [`/grants/${grant}`, `/decisions/${decision}`, `/indicators/${indicator.id}`];
    for (const page of [...pages, `/spend-reports/${report}`, `/coalitions/${coalition.id}`])
      expect((await backbone.get(page)).html).toContain('Seen from all');
  });

  it('change and withdraw an entry, and keep what it said', async () => {
    const { id } = await coalition.partner.must(writeEntry(coalition, coalition.partner));
    const address = `/learning-entries/${id}`;
    const change = { ...entry({ title: 'Said better' }), version: '1', happenedOn: '2026-11-20' };
    expect((await partner.submit(address, change, `${address}/edit`)).status).toBe(303);
    const shown = await funder.get(address);
    expect(shown.html).toContain('What it said before');
    expect(shown.html).not.toContain('Withdraw the entry');
    await partner.submit(`${address}/withdraw`, { reason: 'Another group.' }, address);
    expect((await funder.get(address)).html).toContain('Withdrawn: Another group.');
  });
});

describe('the pages of the toolkit', () => {
  it('choose, preview, ask, publish by another, and show it to everybody', async () => {
    const toolkit = `${home()}/toolkit`;
    const fields = {
      ...{ version: '0', slug: 'reading-towns', title: 'What <we> know', introduction: 'For neighbours.' },
      ...{
        'pages[0].title': 'How we meet',
        'pages[0].body': '## Weekly\n\n- in the **hall**',
        'goals[]': [goal],
      },
    };
    expect((await backbone.submit(toolkit, fields, `${toolkit}/edit`)).location).toBe(toolkit);
    const preview = await backbone.get(`${toolkit}/preview`);
    expect(preview.html).toContain('<strong>hall</strong>');
    expect((await backbone.submit(`${toolkit}/ask`, {}, toolkit)).status).toBe(303);
    const visitor = new Browser(app);
    expect((await visitor.get('/toolkit/reading-towns')).status).toBe(404);
    const approver = await Browser.of(app, coalition.approver);
    const waiting = await approver.get(toolkit);
    const contentHash = /name="contentHash" value="(\w+)"/.exec(waiting.html)![1]!;
    expect((await approver.get(`${toolkit}/asked`)).html).toContain('How we meet');
    await approver.submit(`${toolkit}/publish`, { contentHash }, toolkit);
    const shown = await visitor.get('/toolkit/reading-towns');
    expect(shown.status).toBe(200);
    expect(shown.html).toContain('What &lt;we> know');
    expect(shown.html).toContain('<meta name="description" content="For neighbours."');
    expect(shown.headers['cache-control']).toBe('public, no-cache');
    expect(shown.headers['set-cookie']).toBeUndefined();
    const again = await visitor.get('/toolkit/reading-towns', {
      'if-none-match': String(shown.headers.etag),
    });
    expect(again.status).toBe(304);
    await backbone.submit(`${toolkit}/unpublish`, { reason: 'Enough.' }, toolkit);
    expect((await visitor.get('/toolkit/reading-towns')).status).toBe(404);
  });
});
