import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { award, foundCoalition, fund, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let finance: Browser;
let approver: Browser;
let secondApprover: Browser;
let run: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());

/** Two grants of 15,000.00 and 500.00, both due on 1 December, and the cash for both. */
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Mill Towns ${coalitions}`);
  await fund(coalition, '12000.00');
  await fund(coalition, '6000.00', { funderId: coalition.south });
  for (const amount of ['15000.00', '500.00']) {
    await award(coalition, { amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 });
  }
  await app.moveTo('2026-12-01T08:00:00Z');
  run = `/coalitions/${coalition.id}/payments`;
  finance = await Browser.of(app, coalition.finance);
  approver = await Browser.of(app, coalition.approver);
  secondApprover = await Browser.of(app, coalition.secondApprover);
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map((match) => match[1]!);

/** What the hidden fields of a page's forms hold. */
const hidden = (html: string, name: string): string =>
  all(html, new RegExp(`name="${name}" value="([^"]+)"`, 'g'))[0] ?? '';

/** Sends the form that a page draws for this action, with everything it carries. */
async function press(browser: Browser, page: string, action: string, fields: Record<string, string> = {}) {
  const { html } = await browser.get(page);
  const form = html.split('<form').find((piece) => piece.includes(`action="${action}"`));
  if (form === undefined) throw new Error(`${page} has no form for ${action}.`);
  return browser.post(action, {
    _csrf: hidden(form, '_csrf'),
    _idempotencyKey: hidden(form, '_idempotencyKey'),
    ...(form.includes('name="contentHash"') ? { contentHash: hidden(form, 'contentHash') } : {}),
    ...fields,
  });
}

const dueIds = async (browser: Browser): Promise<string[]> =>
  all((await browser.get(run)).html, /name="instalmentIds" value="([^"]+)"/g);

/** Asks for all that is due; gives the addresses of the requests, the larger first. */
async function askForAll(): Promise<string[]> {
  const ids = await dueIds(finance);
  const review = `${run}/release?${ids.map((id) => `instalmentIds=${id}`).join('&')}`;
  const { html } = await finance.get(review);
  await finance.post(`${run}/release`, {
    _csrf: hidden(html, '_csrf'),
    _idempotencyKey: hidden(html, '_idempotencyKey'),
    'instalmentIds[]': ids,
  });
  const approvals = await app.rows<{ id: string }>(
    `SELECT id FROM approvals WHERE coalition_id = $1 ORDER BY (content ->> 'amount')::numeric DESC`,
    [coalition.id],
  );
  return approvals.map(({ id }) => `/approvals/${id}`);
}

describe('the payments of a coalition', () => {
  it('shows what is due with its total, and lets finance choose from it', async () => {
    const page = await finance.get(run);
    expect(page.status).toBe(200);
    expect(words(page)).toContain('£15,500.00 2 instalments, to be asked for');
    expect(await dueIds(finance)).toHaveLength(2);
    expect(await dueIds(approver)).toEqual([]);
  });

  it('shows what is chosen with its totals before anything is asked for', async () => {
    const ids = await dueIds(finance);
    const one = await finance.get(`${run}/release?instalmentIds=${ids[0]}`);
    expect(one.html).toMatch(/Ask to release 1 payment, £(15,000|500)\.00/);
    const both = await finance.get(`${run}/release?instalmentIds=${ids[0]}&instalmentIds=${ids[1]}`);
    expect(both.html).toContain('Ask to release 2 payments, £15,500.00');
    expect(await app.rows(`SELECT 1 FROM approvals WHERE coalition_id = $1`, [coalition.id])).toEqual([]);
  });

  it('asks for nothing when nothing is chosen', async () => {
    const page = await finance.get(`${run}/release`);
    expect([page.status, page.location]).toEqual([303, run]);
    expect((await finance.get(run)).html).toContain('Choose at least one instalment that is due.');
  });

  it('asks for all that is chosen, or for nothing', async () => {
    const [first] = await dueIds(finance);
    const { html } = await finance.get(`${run}/release?instalmentIds=${first}`);
    const fields = { _csrf: hidden(html, '_csrf'), _idempotencyKey: hidden(html, '_idempotencyKey') };
    const foreign = '01900000-0000-7000-8000-000000000000';
    const refused = await finance.post(`${run}/release`, { ...fields, 'instalmentIds[]': [first!, foreign] });
    expect(refused.status).toBe(404);
    expect(await dueIds(finance)).toHaveLength(2);
    const asked = await finance.post(`${run}/release`, { ...fields, 'instalmentIds[]': [first!] });
    expect([asked.status, asked.location]).toEqual([303, run]);
    const again = await finance.post(`${run}/release`, { ...fields, 'instalmentIds[]': [first!] });
    expect(again.status).toBe(303);
    expect(await dueIds(finance)).toHaveLength(1);
  });

  it('is not there for a partner, nor for other coalitions', async () => {
    const partner = await Browser.of(app, coalition.partner);
    expect((await partner.get(run)).status).toBe(403);
    const stranger = await Browser.of(app, await app.person(`Stranger ${coalitions}`));
    expect((await stranger.get(run)).status).toBe(404);
  });
});

describe('an approval', () => {
  it('waits in the inbox of those who may sign it, and of nobody else', async () => {
    const [large] = await askForAll();
    expect(words(await approver.get('/approvals'))).toContain('2 requests for you to decide on');
    expect(words(await finance.get('/approvals'))).toContain('Nothing waits for you');
    const asMaker = await finance.get(large!);
    expect(asMaker.html).toContain('You asked for this, so somebody else must approve it.');
    expect(asMaker.html).not.toContain(`${large}/approve`);
  });

  it('is given by one click each, and by two people above the threshold', async () => {
    const [large] = await askForAll();
    const first = await press(approver, large!, `${large}/approve`);
    expect([first.status, first.location]).toEqual([303, '/approvals']);
    expect((await approver.get('/approvals')).html).toContain('approved. 1 more must approve.');
    expect((await approver.get(large!)).html).toContain('You have approved this.');
    await press(secondApprover, large!, `${large}/approve`);
    expect(words(await finance.get(run))).toContain('£15,000.00 1 instalment, to go into a batch');
  });

  it('is rejected with a reason only, and the instalment is due again', async () => {
    const [, small] = await askForAll();
    const silent = await press(approver, small!, `${small}/reject`);
    expect(silent.status).toBe(422);
    expect(silent.html).toMatch(/id="field-reason-error">.*Reason needs 1 to 500 characters/s);
    const refused = await press(approver, small!, `${small}/reject`, { reason: 'Wrong payee <b>' });
    expect(refused.status).toBe(303);
    expect((await finance.get(small!)).html).toContain('Wrong payee &lt;b>');
    expect(await dueIds(finance)).toHaveLength(1);
  });

  it('of something that has changed since is refused, saying so', async () => {
    const [, small] = await askForAll();
    await app.rows(`UPDATE instalments SET amount = amount + 1 WHERE amount = 50000 AND coalition_id = $1`, [
      coalition.id,
    ]);
    const refused = await press(approver, small!, `${small}/approve`);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('The instalment was changed after the release was asked for. Ask again.');
    await app.rows(`UPDATE instalments SET amount = amount - 1 WHERE amount = 50001 AND coalition_id = $1`, [
      coalition.id,
    ]);
  });

  it('is taken back by who asked for it', async () => {
    const [, small] = await askForAll();
    await press(finance, small!, `${small}/withdraw`, { reason: 'Asked for by mistake' });
    expect(words(await approver.get(small!))).toContain('took it back');
    expect(words(await approver.get('/approvals'))).toContain('1 request for you to decide on');
  });
});

describe('a payment', () => {
  it('is recorded with its bank reference, and shows whose money it was', async () => {
    const [, small] = await askForAll();
    await press(approver, small!, `${small}/approve`);
    const [payment] = all((await finance.get(run)).html, /href="(\/disbursements\/[^"]+)\/settle"/g);
    expect(words(await approver.get(payment!))).toContain('Whose money would pay it now');
    const wrong = await press(finance, `${payment}/settle`, `${payment}/settle`, {
      bankReference: 'BACS <1>',
      paidOn: '2027-12-01',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('A payment cannot have been made in the future.');
    expect(wrong.html).toContain('value="BACS &lt;1>"');
    const right = await press(finance, `${payment}/settle`, `${payment}/settle`, {
      bankReference: 'BACS <1>',
      paidOn: '2026-12-01',
    });
    expect([right.status, right.location]).toEqual([303, payment]);
    // 500.00 × 12,000 / 18,000 = 333.33, and 166.67: the odd penny goes to the largest remainder.
    const seen = words(await approver.get(payment!));
    expect(seen).toContain('Whose money paid it A share of the money');
    expect(seen).toContain('North River Trust 66.7% 333.33');
    expect(seen).toContain('South Bank Fund 33.3% 166.67');
    expect(words(await approver.get(`${run}/all?state=settled`))).toContain('BACS &lt;1>');
    expect((await finance.get(`${payment}/settle`)).location).toBe(payment);
  });
});

describe('a locked pool', () => {
  it('is unlocked on request, approved by somebody else', async () => {
    const { poolId } = coalition;
    await coalition.finance.must(
      coalition.finance.post(`/api/v1/pools/${poolId}/lock`, { through: '2026-10-31' }),
    );
    const later = await press(finance, `/pools/${poolId}/unlock`, `/pools/${poolId}/unlock`, {
      through: '2026-11-30',
      reason: 'A late statement',
    });
    expect(later.html).toContain('The pool is locked through 2026-10-31. Name an earlier day.');
    const asked = await press(finance, `/pools/${poolId}/unlock`, `/pools/${poolId}/unlock`, {
      through: '2026-09-30',
      reason: 'A late statement',
    });
    const request = asked.location!;
    expect(words(await approver.get(request))).toContain('Locked through now 31 Oct 2026');
    await press(approver, request, `${request}/approve`);
    expect(words(await approver.get(run))).toContain('30 Sept 2026');
  });
});
