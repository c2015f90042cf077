import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBond } from '../support/bond.js';
import { Browser, csrfIn, type Page } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bond: TestBond;
let partner: Browser;
let finance: Browser;
let verifier: Browser;
let coalitions = 0;

const level = { metric: 'level3', title: 'Level 3', kind: 'per_person_once', price: '3300.00' };
const rateCard = [
  {
    ...{ metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00', unit: 'child' },
    cap: '800000.00',
  },
  level,
];

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Outcome Pages ${coalitions}`);
  bond = await TestBond.active(app, coalition, { rateCard, caps: { bond: '900000.00' } });
  partner = await Browser.of(app, coalition.partner);
  finance = await Browser.of(app, coalition.finance);
  verifier = await Browser.of(app, bond.verifier);
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\s/g, ' ')
    .replace(/ +/g, ' ');
const home = () => `/bonds/${bond.id}`;
const filled = (more: Record<string, string> = {}) => ({
  ...{ period: '1', 'lines[0].metric': 'signUp', 'lines[1].metric': 'level3' },
  ...{ 'lines[0].quantity': '440', 'lines[1].people': 'Pupil 1\nPupil 2\n\nPupil 3\n' },
  ...more,
});
/** Drafts a claim by the form. Returns where it is. */
const drafted = async (more: Record<string, string> = {}): Promise<string> => {
  const { location } = await partner.submit(`${home()}/claims`, filled(more), `${home()}/claims/new`);
  return location!;
};

describe('the provider', () => {
  it('claims a period by a form, people one a line, changes it, and hands it in', async () => {
    const form = await partner.get(`${home()}/claims/new`);
    expect(words(form)).toContain('Period 1, 1 Jan 2027 – 31 Mar 2027');
    expect(words(form)).not.toContain('Period 3');
    const claim = await drafted();
    const page = words(await partner.get(claim));
    expect(page).toContain('Claim 1');
    expect(page).toContain('440');
    expect(page).toContain('3 people');
    expect(page).not.toContain('Pupil');
    const edit = await partner.get(`${claim}/edit`);
    const [keys] = /[0-9a-f]{64}(\n[0-9a-f]{64}){2}/.exec(edit.html)!;
    const version = /name="version" value="(\d+)"/.exec(edit.html)![1]!;
    const changed = filled({ version, 'lines[0].quantity': '430', 'lines[1].people': `${keys}\nPupil 4` });
    expect((await partner.submit(`${claim}/edit`, changed)).location).toBe(claim);
    expect(words(await partner.get(claim))).toMatch(/430.*4 people/);
    expect((await partner.submit(`${claim}/submit`, {}, claim)).location).toBe(claim);
    expect(words(await partner.get(claim))).toContain('To verify');
  });

  it('is told beside the field what is wrong, and loses nothing', async () => {
    const csrf = csrfIn((await partner.get(`${home()}/claims/new`)).html);
    const post = (fields: Record<string, string>) =>
      partner.post(`${home()}/claims`, { _csrf: csrf, ...fields });
    const nothing = await post(filled({ 'lines[0].quantity': '', 'lines[1].people': '' }));
    expect([nothing.status, words(nothing)]).toEqual([
      422,
      expect.stringContaining('Fill in what was reached of one metric at least.'),
    ]);
    const wrong = await post(
      filled({ 'lines[0].quantity': '', 'lines[1].quantity': '3', 'lines[1].people': 'Pupil 9' }),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-lines-1-quantity"');
    expect(wrong.html).toContain('>Pupil 9</textarea>');
    const early = await post(filled({ period: '3' }));
    expect(words(early)).toContain('Period 3 begins on 2027-07-01');
  });

  it('drafts a claim from a file, and adds what it rests on', async () => {
    const csrf = csrfIn((await partner.get(`${home()}/claims/new`)).html);
    const upload = (path: string, fields: Record<string, string>, content: string) =>
      partner.upload(path, { _csrf: csrf, ...fields }, 'file', content);
    const bad = await upload(`${home()}/claims/csv`, { period: '1' }, 'metric,who\nlevel3,a\n');
    expect(bad.location).toBe(`${home()}/claims/new`);
    expect(words(await partner.get(bad.location!))).toContain('“who” is none of them.');
    const csv = 'metric,quantity,person\nsignUp,12,\nlevel3,,Pupil 1\nlevel3,,Pupil 2\n';
    const { location } = await upload(`${home()}/claims/csv`, { period: '1' }, csv);
    expect(words(await partner.get(location!))).toMatch(/12.*2 people/);
    const kept = await upload(`${location}/evidence`, {}, '<x/>');
    expect(words(await partner.get(kept.location!))).toContain('Evidence is a PDF');
  });

  it('sees its claims and their workings, and not the payers’ invoices', async () => {
    const { id } = await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    expect(words(await partner.get(`${home()}/claims`))).not.toContain('Worked out again');
    const page = await partner.get(`/claims/${id}`);
    expect(words(page)).toContain('440 × 1680.00 739,200.00');
    expect(page.html).not.toContain('/outcome-invoices/');
    expect(page.html).not.toContain(`${home()}/payers`);
    expect((await partner.get(`${home()}/payers`)).status).toBe(403);
  });
});

describe('the verifier', () => {
  it('finds the claim on the first page, says of each line what holds, and sees what it comes to', async () => {
    const claim = await drafted();
    await partner.submit(`${claim}/submit`, {}, claim);
    expect(words(await verifier.get(`/coalitions/${coalition.id}`))).toContain('1 claim to verify');
    expect(words(await finance.get(`/coalitions/${coalition.id}`))).not.toContain('claim to verify');
    const form = await verifier.get(`${claim}/verification`);
    const lines = [...form.html.matchAll(/name="lines\[\d\]\.lineId" value="([^"]+)"/g)].map(([, id]) => id!);
    const key = /name="lines\[1\]\.notAccepted\[\]" value="([0-9a-f]{64})"/.exec(form.html)![1]!;
    const sent = {
      ...{ _csrf: csrfIn(form.html), _idempotencyKey: 'verify-by-form' },
      ...{ 'lines[0].lineId': lines[0]!, 'lines[0].verdict': 'reduced', 'lines[0].quantity': '400' },
      ...{ 'lines[1].lineId': lines[1]!, 'lines[1].verdict': 'reduced', 'lines[1].notAccepted[]': key },
      'lines[1].reason': 'No certificate',
    };
    const refused = await verifier.post(`${claim}/verify`, sent);
    expect([refused.status, words(refused)]).toEqual([
      422,
      expect.stringContaining('Say why not all of it is accepted.'),
    ]);
    expect(refused.html).toMatch(new RegExp(`value="${key}"[^>]*checked`));
    const done = { ...sent, 'lines[0].reason': '40 had signed up before' };
    expect((await verifier.post(`${claim}/verify`, done)).location).toBe(claim);
    const page = words(await verifier.get(claim));
    for (const said of [
      'Claim 1 is verified, and comes to £678,600.00.',
      'A child signs up Reduced 40 had signed up before',
      'Claimed 440 Accepted 400 400 × 1680.00 672,000.00 Net 672,000.00',
      'North River Trust 448,000.00 South Bank Fund 224,000.00',
      'Claimed 3 people Accepted 2 people 2 people × 3300.00 6,600.00 Net 6,600.00',
      'Before caps 678,600.00 Net 678,600.00',
      `North River Trust invoice ${bond.reference}/1 Issued 452,400.00`,
    ])
      expect(page).toContain(said);
    expect(words(await finance.get(`${home()}/claims`))).toContain('Worked out again: all equal.');
  });

  it('sees each cap that took something', async () => {
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const people = Array.from({ length: 40 }, (_, index) => `pupil ${index}`);
    const second = [
      { metric: 'signUp', quantity: '200' },
      { metric: 'level3', people },
    ];
    const { id } = await bond.verified(second, 2);
    const page = words(await verifier.get(`/claims/${id}`));
    expect(page).toContain('200 × 1680.00 336,000.00 Cap of this line −275,200.00 Net 60,800.00');
    expect(page).toContain('40 people × 3300.00 132,000.00 Cap of the bond −32,000.00 Net 100,000.00');
    expect(page).toContain('Before caps 468,000.00 Caps of lines −275,200.00 Cap of the bond −32,000.00');
    expect(page).toContain('North River Trust 66,666.67 South Bank Fund 33,333.33');
  });

  it('rejects a claim whole, with a reason that its page shows', async () => {
    const { id } = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const form = `/claims/${id}/verification`;
    expect((await verifier.submit(`/claims/${id}/reject`, { reason: '' }, form)).status).toBe(422);
    await verifier.submit(`/claims/${id}/reject`, { reason: 'Of another year' }, form);
    expect(words(await partner.get(`/claims/${id}`))).toContain('Rejected: Of another year');
  });
});

describe('a finance officer', () => {
  it('sees headroom as bars, for any day, and the invoices, narrowed', async () => {
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const page = await finance.get(`${home()}/payers`);
    expect(page.html).toContain('the bond: £739,200.00 of £900,000.00 used, 82.1');
    expect(words(page)).toMatch(/North River Trust 600,000\.00 492,800\.00 0\.00 107,200\.00/);
    expect(words(page)).toMatch(/A child signs up line of the rate card 800,000\.00 739,200\.00 60,800\.00/);
    const before = words(await finance.get(`${home()}/payers?on=2027-05-02`));
    expect(before).toContain('By 2 May 2027');
    expect(before).toMatch(/The bond 900,000\.00 0\.00 0\.00 900,000\.00/);
    const narrowed = words(await finance.get(`${home()}/payers?payerId=${coalition.south}`));
    expect(narrowed).toContain(`1 invoice`);
    expect((await finance.get(`${home()}/payers?sort=nothing`)).status).toBe(400);
  });

  it('records what came of an invoice, and another reverses it', async () => {
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const list = await finance.get(`${home()}/payers?sort=payer`);
    const [, invoice] = /href="(\/outcome-invoices\/[^"]+)"/.exec(list.html)!;
    const form = await finance.get(invoice!);
    const keys = { _csrf: csrfIn(form.html), _idempotencyKey: 'by-form' };
    const record = (fields: Record<string, string>) =>
      finance.post(`${invoice}/receipts`, { ...keys, receivedOn: '2027-05-03', ...fields });
    const over = await record({ amount: '500,000', bankReference: 'FT 1' });
    expect(words(over)).toContain('£492,800.00 is open of this invoice.');
    expect((await record({ amount: '2,800', bankReference: 'FT 1' })).location).toBe(invoice);
    const page = await finance.get(invoice!);
    expect(words(page)).toContain('£2,800.00 is recorded as received.');
    expect(words(page)).toContain('Open £490,000.00');
    const [, receipt] = /href="(\/outcome-receipts\/[^"]+)"/.exec(page.html)!;
    expect(words(await finance.get(receipt!))).toContain('so somebody else must reverse it');
    const other = await app.person(`Second finance ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    const second = await Browser.of(app, other);
    const [, key] = /name="_idempotencyKey" value="([^"]+)"/.exec((await second.get(receipt!)).html)!;
    const reversed = await second.submit(
      `${receipt}/reverse`,
      { reason: 'Another invoice', occurredOn: '2027-05-03', _idempotencyKey: key! },
      receipt,
    );
    expect(reversed.location).toBe(invoice);
    expect(words(await finance.get(invoice!))).toContain('reversed: Another invoice');
  });

  it('is told of invoices that are overdue', async () => {
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    app.clock.moveTo(new Date('2027-06-03T09:00:00Z'));
    finance = await Browser.of(app, coalition.finance);
    const page = words(await finance.get(`/coalitions/${coalition.id}`));
    expect(page).toContain('2 outcome invoices overdue');
    expect(words(await finance.get(`${home()}/payers?state=issued`))).toContain('Overdue');
  });
});
