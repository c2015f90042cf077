import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { bondTerms } from '../support/bond-terms.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, type Made, sign, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let finance: Browser;
let partner: Browser;
let bank: string;
let lab: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-01-04T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Bond Pages ${coalitions}`);
  finance = await Browser.of(app, coalition.finance);
  partner = await Browser.of(app, coalition.partner);
  [bank, lab] = [await organisation('Patient Capital'), await organisation('Evidence Lab')];
});

const organisation = async (name: string): Promise<string> => {
  const { backbone, id } = coalition;
  const made = backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, { name, sector: 'third' });
  return (await backbone.must(made)).id;
};

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const listHref = () => `/coalitions/${coalition.id}/bonds`;
const newHref = () => `/pools/${coalition.poolId}/bonds/new`;
const bondsHref = () => `/pools/${coalition.poolId}/bonds`;

/** Drafts by the API. */
const drafted = async (more: object = {}): Promise<string> => {
  const { finance: maker, id, poolId, stream, north, south } = coalition;
  const parties = { payers: [north, south] as const, investor: bank, verifier: { organisationId: lab } };
  const bond = await maker.must(
    maker.post<Made>(`/api/v1/coalitions/${id}/bonds`, {
      ...{ poolId, reference: 'B-1', title: 'A good start', providerId: stream },
      terms: bondTerms(parties, more),
    }),
  );
  return `/bonds/${bond.id}`;
};
const signed = async (): Promise<string> => {
  const home = await drafted();
  const { finance: maker } = coalition;
  const { versions } = await maker.must(
    maker.post<{ versions: { approvalId: string }[] }>(`/api/v1${home}/propose`),
  );
  await sign(coalition, versions[0]!.approvalId);
  return home;
};

/** What the form for a new bond is sent with. */
const typed = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{
    reference: 'B-7',
    title: 'By form',
    providerId: coalition.stream,
    startOn: '2027-01-01',
    endOn: '2030-12-31',
  },
  ...{ claimsEvery: 'quarterly', invoiceDueDays: '30', shareRule: 'fixed', returnsKind: 'waterfall' },
  ...{ surplusRule: 'payersByPaid', capBond: '1,200.5' },
  ...{ 'rateCard[0].metric': 'attendance', 'rateCard[0].title': 'Attendance', 'rateCard[0].kind': 'band' },
  ...{ 'bands[0].metric': 'attendance', 'bands[0].from': '55', 'bands[0].to': '60', 'bands[0].price': '3' },
  ...{ 'bands[2].metric': 'attendance', 'bands[2].from': '65', 'bands[2].price': '12' },
  ...{ 'payers[0].organisationId': coalition.north, 'payers[0].weight': '1' },
  ...{ verifierOrganisationId: lab, 'investors[0].organisationId': bank, 'investors[0].commitment': '500' },
  ...{ 'tiers[0].kind': 'capital', 'tiers[1].kind': 'residual', 'tiers[1].shares': '20; 30; 50' },
  ...more,
});

describe('the bonds of a coalition', () => {
  it('are listed in the navigation’s own place, a partner’s own only', async () => {
    const empty = await finance.get(listHref());
    expect(words(empty)).toContain('No bond yet');
    expect(empty.html).toContain(`href="${newHref()}"`);
    await drafted();
    const page = words(await finance.get(listHref()));
    expect(page).toContain('B-1 A good start Stream Youth Work £360,000.00 £900,000.00');
    expect(words(await partner.get(listHref()))).toContain('1 bond');
    expect((await partner.get(newHref())).status).toBe(403);
  });
});

describe('a contract by its form', () => {
  it('is saved with a gap, which the checklist names and leads to', async () => {
    const sent = await finance.submit(bondsHref(), typed(), newHref());
    expect(sent.status).toBe(303);
    const page = await finance.get(sent.location!);
    expect(words(page)).toContain('Between 60 and 65 no band holds.');
    expect(page.html).toContain(`${sent.location}/edit#field-bands-1-from`);
    expect(words(page)).toContain('At most paid for outcomes £1,200.50');
    expect(words(page)).toContain('20 % to investors, 30 % to the provider, 50 % to the pool');
    expect(page.html).not.toContain(`action="${sent.location}/propose"`);
  });

  it('is drawn as it was saved, and mended', async () => {
    const { location: home } = await finance.submit(bondsHref(), typed(), newHref());
    const edit = await finance.get(`${home}/edit`);
    expect(edit.html).toMatch(
      /name="bands\[1\]\.from"[^>]*value="65"|value="65"[^>]*name="bands\[1\]\.from"/,
    );
    const version = /name="version" value="(\d+)"/.exec(edit.html)![1]!;
    const mended = typed({ version, 'bands[2].from': '60' });
    const sent = await finance.submit(home!, mended, `${home}/edit`);
    expect(sent.location).toBe(home);
    const page = await finance.get(home!);
    expect(words(page)).toContain('Ready to propose');
    expect(words(page)).toContain('from 60 up £12.00 from 55 up to but not including 60 £3.00');
    const stale = await finance.submit(home!, mended, `${home}/edit`);
    expect([stale.status, words(stale)]).toEqual([
      422,
      expect.stringContaining('Somebody changed the bond meanwhile'),
    ]);
  });

  it('is refused at the field that says it, with everything as it was typed', async () => {
    const sent = await finance.submit(
      bondsHref(),
      typed({ 'tiers[1].kind': 'fee', 'tiers[1].shares': '', 'bands[2].metric': 'exam' }),
      newHref(),
    );
    expect(sent.status).toBe(422);
    expect(words(sent)).toContain('The rate card has no metric “exam”.');
    expect(sent.html).toContain('href="#field-bands-1-metric"');
    const again = await finance.submit(
      bondsHref(),
      typed({ 'tiers[1].kind': 'fee', 'tiers[1].shares': '' }),
      newHref(),
    );
    expect(words(again)).toContain('A fee needs its amount.');
    expect(again.html).toContain('href="#field-tiers-1-amount"');
    expect(again.html).toContain('value="By form"');
  });
});

describe('a signed contract', () => {
  it('says who is who, and is set in force, amended and compared', async () => {
    const home = await signed();
    const page = words(await finance.get(home));
    expect(page).toContain('Provider Stream Youth Work');
    expect(page).toContain('Verifier Evidence Lab');
    expect(page).toContain('£10,000.00, before anybody else');
    const active = await finance.submit(`${home}/activate`, { activeFrom: '2027-01-01' }, home);
    expect(active.location).toBe(home);
    const revised = await finance.submit(`${home}/revise`, { reason: 'Costs rose' }, home);
    expect(revised.location).toBe(`${home}/edit`);
    const edit = await finance.get(`${home}/edit`);
    expect(words(edit)).toContain('Version 2 of B-1');
    expect(edit.html).not.toContain('name="providerId"');
    const changed = coalition.finance.patch(
      `/api/v1${home}`,
      { terms: { ...(await terms(home)), invoiceDueDays: 14 } },
      Number(/name="version" value="(\d+)"/.exec(edit.html)![1]),
    );
    await coalition.finance.must(changed);
    const compared = words(await finance.get(`${home}/versions?from=1&to=2`));
    expect(compared).toContain('Invoices are due after 30 days 14 days');
    expect(words(await finance.get(home))).toContain(
      'Version 1 holds, and is shown here. Version 2 is drafted',
    );
    const thrown = await finance.submit(`${home}/discard`, {}, home);
    expect(thrown.location).toBe(home);
    expect(words(await finance.get(home))).not.toContain('Version 2');
  });

  it('is read by its provider, who may change nothing', async () => {
    const home = await signed();
    const page = await partner.get(home);
    expect([page.status, page.html.includes(`action="${home}/activate"`)]).toEqual([200, false]);
    expect(words(await partner.get(`${home}/versions`))).toContain('There is no such');
  });
});

const terms = async (home: string): Promise<object> => {
  const { finance: reader } = coalition;
  const { versions } = await reader.must(reader.get<{ versions: { terms: object }[] }>(`/api/v1${home}`));
  return versions[0]!.terms;
};
