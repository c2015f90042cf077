import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { award, foundCoalition, fund, pay, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let backbone: Browser;
let approver: Browser;
let finance: Browser;
let partner: Browser;
let grants: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());

beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Mill Towns ${coalitions}`);
  await fund(coalition, '60000.00');
  grants = `/coalitions/${coalition.id}/grants`;
  backbone = await Browser.of(app, coalition.backbone);
  approver = await Browser.of(app, coalition.approver);
  finance = await Browser.of(app, coalition.finance);
  partner = await Browser.of(app, coalition.partner);
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** What the hidden fields of a form hold. */
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';

/** Sends the form that a page draws for this action, with the hidden fields it carries. */
async function press(
  browser: Browser,
  page: string,
  action: string,
  fields: Record<string, string | string[]> = {},
): Promise<Page> {
  const { html } = await browser.get(page);
  const form = html.split('<form').find((piece) => piece.includes(`ction="${action}"`));
  if (form === undefined) throw new Error(`${page} has no form for ${action}.`);
  const carried = ['_csrf', '_idempotencyKey', 'version'].flatMap((name) => {
    const value = hidden(form, name);
    return value ? [[name, value] as const] : [];
  });
  return browser.post(action, { ...Object.fromEntries(carried), ...fields });
}

const terms = (more: Record<string, string> = {}): Record<string, string> => ({
  organisationId: coalition.stream,
  reference: 'G-2027-01',
  title: 'Core support <2027>',
  mode: 'flexible',
  startOn: '2027-01-01',
  endOn: '2029-12-31',
  amount: '30,000.5',
  firstOn: '2027-01-31',
  everyMonths: '12',
  equalInstalments: '3',
  upliftPercent: '',
  reportingFrequency: 'yearly',
  reportingDueAfterDays: '30',
  ...more,
});

/** Drafts a grant by its form; gives the address of its page. */
async function draft(more: Record<string, string> = {}): Promise<string> {
  const form = `/pools/${coalition.poolId}/grants/new`;
  const { location } = await press(backbone, form, `/pools/${coalition.poolId}/grants`, terms(more));
  if (!location?.startsWith('/grants/')) throw new Error(`The draft was refused.`);
  return location;
}

describe('the form of a grant', () => {
  it('asks for no line item, and explains each mode', async () => {
    const page = await backbone.get(`/pools/${coalition.poolId}/grants/new`);
    expect(page.status).toBe(200);
    expect(words(page)).toContain('Core support: the partner decides what it is spent on');
    expect(page.html).not.toMatch(/line.?item|budget/i);
    expect((await finance.get(`/pools/${coalition.poolId}/grants/new`)).status).toBe(403);
  });

  it('shows the schedule before anything is saved, and keeps what was typed', async () => {
    const form = `/pools/${coalition.poolId}/grants/new`;
    const preview = `/pools/${coalition.poolId}/grants/preview`;
    const shown = await press(backbone, form, preview, terms({ organisationId: '', upliftPercent: '10' }));
    expect(shown.status).toBe(200);
    // 10,000.17, 10,000.17 and 10,000.16; uplift of 10 % and 21 % on the second and the third.
    expect(words(shown)).toContain('An award of £33,100.55 , of which £3,100.05 are uplift');
    expect(words(shown)).toContain('1 29 Jan 2027 31 Jan 2027 10,000.17');
    expect(shown.html).toContain('value="Core support &lt;2027>"');
    expect(shown.html).toContain('value="30000.50"');
    const saved = await app.rows(`SELECT 1 FROM grants WHERE coalition_id = $1`, [coalition.id]);
    expect(saved).toEqual([]);
  });

  it('takes slices that differ, the last of them what remains', async () => {
    const slices = {
      equalInstalments: '',
      'slices[0].percent': '50',
      'slices[1].amount': '5,000',
      'slices[4].remaining': 'true',
    };
    const page = words(await backbone.get(await draft(slices)));
    expect(page).toContain('15,000.25');
    expect(page).toContain('5,000.00');
    expect(page).toContain('10,000.25');
  });

  it.each([
    [{ title: '' }, 'title', 'Title needs 1 to 200 characters.'],
    [{ endOn: '2026-01-01' }, 'endOn', 'A grant ends after it starts.'],
    [{ firstOn: '2026-01-01' }, 'firstOn', 'Instalment 1 falls on 2026-01-01, outside the grant’s term.'],
    [{ equalInstalments: '' }, 'slices', 'Give either a number of equal instalments, or slices.'],
    [{ upliftPercents: '3' }, 'upliftPercents', 'The index table'],
    [
      { upliftPercent: '2', upliftPercents: '3; 2' },
      'upliftPercents',
      'Give one yearly rate, or a table of them.',
    ],
    [{ mode: 'earmarked' }, 'goalIds', 'An earmarked grant names the goals it is restricted to.'],
  ])('refuses %j at its field, and keeps the rest', async (wrong, field, sentence) => {
    const form = `/pools/${coalition.poolId}/grants/new`;
    const refused = await press(backbone, form, `/pools/${coalition.poolId}/grants`, terms(wrong));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(sentence);
    expect(refused.html).toContain(`href="#field-${field}"`);
    expect(refused.html).toContain(`id="field-${field}`);
    expect(refused.html).toContain('value="G-2027-01"');
  });

  it('names a slice that does not come out by its row', async () => {
    const refused = await press(
      backbone,
      `/pools/${coalition.poolId}/grants/new`,
      `/pools/${coalition.poolId}/grants`,
      terms({
        equalInstalments: '',
        'slices[0].percent': '50',
        'slices[0].amount': '1',
        'slices[1].remaining': 'true',
      }),
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/id="field-slices-0-error">.*Slice 1 needs a percentage, an amount/s);
  });

  it('changes a draft, but not one that somebody changed meanwhile', async () => {
    const grant = await draft({ upliftPercent: '2.5' });
    const { html } = await backbone.get(`${grant}/edit`);
    expect(html).toMatch(/name="upliftPercent"[^>]*value="2.5"/);
    const changed = await press(backbone, `${grant}/edit`, grant, terms({ title: 'Core support' }));
    expect([changed.status, changed.location]).toEqual([303, grant]);
    expect(words(await backbone.get(grant))).toContain('title: Core support &lt;2027> → Core support');
    const stale = await backbone.post(grant, {
      _csrf: hidden(html, '_csrf'),
      version: hidden(html, 'version'),
      ...terms(),
    });
    expect(stale.status).toBe(422);
    expect(stale.html).toContain('Somebody changed the grant meanwhile. Look at it again.');
  });
});

describe('a grant', () => {
  it('walks from draft to award, by two people', async () => {
    const grant = await draft();
    await press(backbone, grant, `${grant}/propose`);
    const asked = await approver.get(grant);
    expect(words(asked)).toContain('The pool can commit £60,000.00 After this award £29,999.50');
    const silent = await press(approver, grant, `${grant}/award`);
    expect(silent.status).toBe(422);
    expect(silent.html).toMatch(/id="field-decisionReference-error"/);
    const given = await press(approver, grant, `${grant}/award`, { decisionReference: 'Minute <7>' });
    expect([given.status, given.location]).toEqual([303, grant]);
    const page = words(await approver.get(grant));
    expect(page).toContain('Decision Minute &lt;7>');
    expect(page).toContain('Outstanding £30,000.50 promised, and not paid yet');
    expect(page).not.toContain('Your decision');
  });

  it('offers its award to those who may decide, and to nobody else', async () => {
    const grant = await draft();
    await press(backbone, grant, `${grant}/propose`);
    expect((await approver.get(grant)).html).toContain(`action="${grant}/award"`);
    for (const other of [backbone, finance, partner]) {
      expect((await other.get(grant)).html).not.toContain(`action="${grant}/award"`);
    }
  });

  it('says to who proposed it that somebody else must decide', async () => {
    await app.seat(coalition.backbone, coalition.id, 'approver');
    const grant = await draft();
    await press(backbone, grant, `${grant}/propose`);
    const page = await backbone.get(grant);
    expect(page.html).toContain('You proposed this grant, so somebody else must decide on it.');
    expect(page.html).not.toContain(`action="${grant}/award"`);
  });

  it('says by how much the pool is short, and is not awarded', async () => {
    const grant = await draft({ amount: '60,000.01' });
    await press(backbone, grant, `${grant}/propose`);
    expect((await approver.get(grant)).html).toContain('The pool is short by £0.01');
    const refused = await press(approver, grant, `${grant}/award`, { decisionReference: 'Minute 7' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('so this award is short by £0.01.');
    expect(refused.html).toContain('value="Minute 7"');
  });

  it('is declined or cancelled with a reason that stays with it', async () => {
    const declined = await draft();
    await press(backbone, declined, `${declined}/propose`);
    expect((await press(approver, declined, `${declined}/decline`)).status).toBe(422);
    await press(approver, declined, `${declined}/decline`, { reason: 'Too early' });
    expect(words(await partner.get(declined))).toContain('declined it');
    expect(words(await partner.get(declined))).toContain('Too early');
    const cancelled = await draft({ reference: 'G-2' });
    await press(backbone, cancelled, `${cancelled}/cancel`, { reason: 'The partner withdrew' });
    expect(words(await backbone.get(cancelled))).toContain('The partner withdrew');
  });

  it('shows what is paid, what is held and why, and whose money it was', async () => {
    await fund(coalition, '20000.00', { funderId: coalition.south });
    const id = await award(coalition, {
      amount: '40000.00',
      firstOn: '2026-12-01',
      everyMonths: 1,
      equalInstalments: 2,
    });
    await app.moveTo('2026-12-01T08:00:00Z');
    await pay(coalition, id, 1, '2026-12-01');
    // Sessions have ended meanwhile.
    finance = await Browser.of(app, coalition.finance);
    partner = await Browser.of(app, coalition.partner);
    const page = words(await finance.get(`/grants/${id}`));
    expect(page).toContain('Paid £20,000.00 1 instalment');
    expect(page).toContain('Next instalment £20,000.00 4 Jan 2027');
    // 20,000 × 60,000 / 80,000.
    expect(page).toContain('North River Trust 75% 15,000.00 South Bank Fund 25% 5,000.00');
    expect(page).toContain('never of the impact');
    const row = (await finance.get(`/grants/${id}`)).html;
    expect(row).toMatch(/href="\/disbursements\/[^"]+">1</);
    expect((await partner.get(`/grants/${id}`)).html).not.toContain('/disbursements/');
  });
});

describe('the grants of a coalition', () => {
  it('are counted by state, and added up without what was declined or cancelled', async () => {
    await draft();
    const cancelled = await draft({ reference: 'G-2' });
    await press(backbone, cancelled, `${cancelled}/cancel`, { reason: 'Twice' });
    const page = words(await backbone.get(grants));
    expect(page).toContain('All 2 Draft 1 Cancelled 1');
    expect(page).toContain('Total, without what was declined or cancelled £30,000.50 £0.00');
    const drafts = await backbone.get(`${grants}?state=draft`);
    expect(words(drafts)).toContain('Total £30,000.50');
    expect(drafts.html).not.toContain('G-2<');
  });

  it('shows a partner its own, and nobody else’s', async () => {
    const own = await draft();
    const other = await draft({ organisationId: coalition.hill, reference: 'G-HILL' });
    const page = await partner.get(grants);
    expect(page.html).toContain(`href="${own}"`);
    expect(page.html).not.toContain('G-HILL');
    expect(words(page)).toContain('All 1 Draft 1');
    expect((await partner.get(own)).status).toBe(200);
    expect((await partner.get(other)).status).toBe(404);
    const stranger = await Browser.of(app, await app.person(`Stranger ${coalitions}`));
    expect((await stranger.get(grants)).status).toBe(404);
  });

  it('says what the next instalment waits for, where none has a day', async () => {
    await award(coalition, {
      ...{ amount: '9000.00', firstOn: '2027-06-30', everyMonths: 6 },
      slices: [
        {
          percent: '100',
          after: {
            ...{ event: 'documentReceived', subject: 'the signed agreement', count: 10, unit: 'workingDays' },
            expectedOn: '2027-06-30',
          },
        },
      ],
    });
    expect(words(await backbone.get(grants))).toContain(
      'waits for: 10 working days after the signed agreement is received',
    );
  });

  it('teaches the next step while there are none', async () => {
    expect(words(await backbone.get(grants))).toContain('No grant yet');
    expect((await finance.get(grants)).html).not.toContain('/grants/new');
  });
});
