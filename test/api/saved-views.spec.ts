import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '../../src/platform/http/list.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface View {
  id: string;
  name: string;
  path: string;
  query: string;
}

let app: TestApp;
let coalition: TestCoalition;
let ledger: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '2000.00');
  ledger = `/pools/${coalition.poolId}/ledger`;
});
afterAll(() => app?.stop());

const viewsOf = async (who = coalition.finance): Promise<View[]> =>
  (await who.must(who.get<Page<View>>('/api/v1/me/views'))).items;

describe('a view of a list', () => {
  it('is kept by a form under the list, shown above it, and deleted there', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const narrowed = `${ledger}?kind=pledge.signed&sort=occurredOn`;
    expect((await browser.get(narrowed)).html).toContain('Keep this view');
    const kept = await browser.submit('/views', { name: 'Promises', address: narrowed }, narrowed);
    expect(kept.location).toBe(narrowed);
    const { html } = await browser.get(ledger);
    expect(html).toContain('>Promises</a>');
    const [view] = await viewsOf();
    expect(view).toMatchObject({
      name: 'Promises',
      path: ledger,
      query: 'kind=pledge.signed&sort=occurredOn',
    });
    const shown = await browser.get(narrowed);
    expect(shown.html).toContain('Delete “Promises”');
    expect((await browser.submit(`/views/${view!.id}/delete`, {}, narrowed)).location).toBe(ledger);
    expect(await viewsOf()).toEqual([]);
  });

  it('is one’s own: nobody else sees or deletes it', async () => {
    const { finance, funder } = coalition;
    const address = `${ledger}?kind=fee.charged`;
    const view = await finance.must(finance.post<View>('/api/v1/me/views', { name: 'Fees', address }));
    expect(await viewsOf(funder)).toEqual([]);
    const refused = await funder.send({ method: 'DELETE', url: `/api/v1/me/views/${view.id}` });
    expect(refused.status).toBe(404);
    expect((await viewsOf()).map(({ name }) => name)).toEqual(['Fees']);
  });

  it('kept again under its name asks what was asked last', async () => {
    const { finance } = coalition;
    for (const sort of ['occurredOn', '-occurredOn']) {
      await finance.must(
        finance.post('/api/v1/me/views', { name: 'Sorted', address: `${ledger}?sort=${sort}` }),
      );
    }
    const mine = (await viewsOf()).filter(({ name }) => name === 'Sorted');
    expect(mine.map(({ query }) => query)).toEqual(['sort=-occurredOn']);
  });

  it('leads nowhere else', async () => {
    const { finance } = coalition;
    const refused = await finance.post<ProblemBody>('/api/v1/me/views', {
      name: 'Elsewhere',
      address: 'https://elsewhere.example/pools',
    });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/address' }] });
  });
});

describe('the headings of a list', () => {
  it('sort it, and say how it is sorted', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const { html } = await browser.get(ledger);
    expect(html).toContain('aria-sort="descending"');
    expect(html).toContain(`href="${ledger}?sort=occurredOn"`);
    expect((await browser.get(`${ledger}?sort=occurredOn`)).html).toContain('aria-sort="ascending"');
  });
});
