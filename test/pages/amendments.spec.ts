import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { award, foundCoalition, fund, pay, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let finance: Browser;
let approver: Browser;
let home: string;

/** 40,000.00 in four slices of half a year; the first is paid. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'River Towns', { pool: { approvalTiers: [] } });
  await fund(coalition, '90000.00');
  const grantId = await award(coalition, {
    ...{ amount: '40000.00', startOn: '2026-12-01', endOn: '2028-11-30', firstOn: '2026-12-31' },
    ...{ everyMonths: 6, equalInstalments: 4 },
  });
  await app.moveTo('2027-01-05T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-05');
  home = `/grants/${grantId}`;
  finance = await Browser.of(app, coalition.finance);
  approver = await Browser.of(app, coalition.approver);
});
afterAll(() => app?.stop());

const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';

/** Fills the form of a kind in, and sends it to an address. */
async function send(kind: string, to: string, fields: Record<string, string>): Promise<Page> {
  const { html } = await finance.get(`${home}/amend?kind=${kind}`);
  const carried = { _csrf: hidden(html, '_csrf'), _idempotencyKey: hidden(html, '_idempotencyKey') };
  return finance.post(to, { ...carried, kind, plan: 'kept', ...fields });
}

describe('amending a grant on its pages', () => {
  it('begins with the kind, each in a sentence', async () => {
    expect((await finance.get(home)).html).toContain(`href="${home}/amend"`);
    const page = words(await finance.get(`${home}/amend`));
    expect(page).toContain('Top-up More money in the same term.');
    expect(page).toContain('Suspension');
    expect((await approver.get(`${home}/amend`)).status).toBe(403);
  });

  it('shows the plan before and after, and saves nothing', async () => {
    const shown = await send('topUp', `${home}/amend/preview`, { award: '55,000' });
    expect(shown.status).toBe(200);
    const page = words(shown);
    expect(page).toContain('Award £40,000.00 → £55,000.00');
    expect(page).toMatch(/Paid stays as it is 10,000\.00 10,000\.00/);
    expect(page).toMatch(/new – 15,000\.00/);
    expect(page).toContain('40,000.00 55,000.00');
    expect(await app.rows(`SELECT 1 FROM grant_versions`)).toEqual([]);
  });

  it.each([
    ['topUp', { award: '39,000' }, 'award', 'A top-up awards more than is awarded now.'],
    ['extension', { endOn: '2028-11-30' }, 'endOn', 'An extension ends the term later than it ends now.'],
    ['topUp', { award: '55,000', reason: '' }, 'reason', 'Reason needs 1 to 500 characters.'],
  ])('refuses a %s with %j at its field', async (kind, wrong, field, sentence) => {
    const refused = await send(kind, `${home}/amend`, { reason: 'Asked for', ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(sentence);
    expect(refused.html).toContain(`id="field-${field}-error"`);
  });

  it('is asked for by one, approved by another, and stands beside what was awarded', async () => {
    const asked = await send('topUp', `${home}/amend`, { award: '55,000', reason: 'A second cohort' });
    expect([asked.status, asked.location]).toEqual([303, expect.stringContaining(`${home}/amendments/`)]);
    const amendment = await finance.get(asked.location!);
    expect(words(amendment)).toContain('To approve');
    expect((await finance.get(`${home}/amend`)).status).toBe(409);
    const request = /href="(\/approvals\/[\w-]{36})"/.exec(amendment.html)![1]!;
    const { html } = await approver.get(request);
    const hash = hidden(html, 'contentHash');
    const given = await approver.post(`${request}/approve`, {
      _csrf: hidden(html, '_csrf'),
      _idempotencyKey: hidden(html, '_idempotencyKey'),
      contentHash: hash,
    });
    expect(given.status).toBe(303);
    const page = words(await finance.get(home));
    expect(page).toContain('Award £55,000.00');
    expect(page).toContain('Version 1 Version 2');
    expect(page).toContain('Award (GBP) 40,000.00 55,000.00');
    expect(page).toContain('A second cohort');
  });
});
