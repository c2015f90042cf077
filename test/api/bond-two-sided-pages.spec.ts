import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';
import type { InvestorBond } from '../support/investor-bond.js';
import { activeBond, allHold, bounds } from '../support/investor-cases.js';

let app: TestApp;
let coalition: TestCoalition;
let bond: InvestorBond;
let finance: Browser;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
  coalition = await foundCoalition(app, 'Two Sides');
  bond = await activeBond(app, coalition, {
    inTerms: { twoSided: { bands: [{ ...bounds(null, '50'), rate: '0.1' }] } },
  });
  await bond.drawn('A', '30000.00', '2022-01-01');
  await bond.drawn('B', '10000.00', '2022-01-01');
});
afterAll(() => app?.stop());

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const home = () => `/bonds/${bond.id}/two-sided-calls`;
const form = () => finance.get(`${home()}/new`);
const sending = async (path: string, fields: Record<string, string>): Promise<Page> => {
  const key = /name="_idempotencyKey" value="([^"]+)"/.exec((await form()).html)![1]!;
  return finance.submit(path, { _idempotencyKey: key, ...fields }, `${home()}/new`);
};

it('says why nothing can be called while no plan tells what was expected', async () => {
  finance = await Browser.of(app, coalition.finance);
  expect((await finance.get(`/bonds/${bond.id}/investors`)).html).toContain(`href="${home()}/new"`);
  expect(words(await form())).toContain('No plan says what was expected by 2022-01-01. Make a plan first.');
});

it('shows what outcomes so far mean for each investor, by the day in the form', async () => {
  await bond.must(`bonds/${bond.id}/plans`, {
    reason: 'The first',
    lines: [{ period: 1, metric: 'outcome', quantity: '10000' }],
  });
  await bond.paidOutcomes('4000', 1, '2022-12-31');
  finance = await Browser.of(app, coalition.finance);
  const page = words(await form());
  expect(page).toContain('40.00 % of the plan: £4,000.00 of £10,000.00. £4,000.00 would be called.');
  expect(page).toContain('30,000.00 3,000.00 0.00 3,000.00');
  expect(page).toContain('10,000.00 1,000.00 0.00 1,000.00');
  const earlier = await sending(`${home()}/preview`, { asOf: '2022-02-01', dueOn: '' });
  expect(earlier.status).toBe(200);
  expect(words(earlier)).toContain('No plan says what was expected by 2022-02-01.');
});

it('is called by form, once, and refused at its field where nothing more is owed', async () => {
  const fields = { asOf: '2022-12-31', dueOn: '2023-01-31' };
  const called = await sending(home(), fields);
  expect([called.status, called.location]).toEqual([303, `/bonds/${bond.id}/investors`]);
  const tab = words(await finance.get(called.location!));
  expect(tab).toContain('£4,000.00 is called from 2 investors for poor outcomes.');
  expect(words(await form())).toContain('Investors owe nothing more for it.');
  const again = await sending(home(), fields);
  expect([again.status, again.html]).toEqual([422, expect.stringContaining('href="#field-asOf"')]);
  expect(words(again)).toContain('30,000.00 3,000.00 3,000.00 0.00');
  await allHold(app);
});

it('is for finance officers only', async () => {
  const partner = await Browser.of(app, coalition.partner);
  expect((await partner.get(`${home()}/new`)).status).toBe(403);
});
