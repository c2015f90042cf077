import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type Made, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Template extends Made {
  name: string;
  currency: string | null;
  text: string;
  everyMonths: number;
  equalInstalments: number | null;
  slices: { percent?: string; after?: { event: string } }[] | null;
}
interface Preview {
  award: { amount: string };
  instalments: { nominalOn: string; dueOn: string | null; amount: { amount: string } }[];
}

let app: TestApp;
let coalition: TestCoalition;
let other: TestCoalition;
let backbone: Client;
let home: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'Saving Towns');
  other = await foundCoalition(app, 'Other Towns', { pool: { currency: 'EUR' } });
  ({ backbone } = coalition);
  home = `/api/v1/coalitions/${coalition.id}/schedule-templates`;
});
afterAll(() => app?.stop());

const save = <Body = Template>(name: string, more: object = {}) =>
  backbone.post<Body>(home, {
    name,
    everyMonths: 12,
    slices: [{ percent: '40' }, { remaining: true }],
    ...more,
  });
const saved = (name: string, more: object = {}) => backbone.must(save(name, more));
const draft = (more: object) => ({
  ...{ organisationId: coalition.stream, title: 'Core support', mode: 'flexible', amount: '1000.00' },
  ...{ startOn: '2027-01-01', endOn: '2029-12-31', firstOn: '2027-01-31' },
  ...{ reportingFrequency: 'yearly', reportingDueAfterDays: 30, ...more },
});
const preview = (templateId: string, more: object = {}) =>
  backbone.post<Preview & ProblemBody>(`/api/v1/pools/${coalition.poolId}/grants/preview`, {
    ...{ amount: '1000.00', firstOn: '2027-01-31', templateId, ...more },
  });
const planned = ({ instalments }: Preview) =>
  instalments.map(({ nominalOn, amount }) => [nominalOn, amount.amount]);

describe('a saved schedule', () => {
  it('is kept under a name, read, listed, changed and removed', async () => {
    const { id, version, text } = await saved('Front-loaded');
    expect(text).toBe('40 % and what remains, every 12 months');
    expect((await save<ProblemBody>('Front-loaded')).body).toMatchObject({
      ...{ code: 'alreadyExists', errors: [expect.objectContaining({ pointer: '/name' })] },
    });
    const address = `/api/v1/schedule-templates/${id}`;
    const change = { name: 'Equal', everyMonths: 6, equalInstalments: 4 };
    expect((await backbone.patch(address, change, version)).status).toBe(200);
    expect((await backbone.patch(address, change, version)).status).toBe(412);
    expect(await backbone.must(backbone.get<Template>(address))).toMatchObject({
      ...{ name: 'Equal', everyMonths: 6, equalInstalments: 4, slices: null, version: 2 },
    });
    const { items } = await coalition.finance.must(coalition.finance.get<{ items: Template[] }>(home));
    expect(items.map(({ name }) => name)).toEqual(['Equal']);
    expect((await backbone.send({ method: 'DELETE', url: address })).status).toBe(204);
    expect((await backbone.get(address)).status).toBe(404);
  });

  it('is copied into the grant that is drafted by it: a later change of it changes no grant', async () => {
    const template = await saved('Yearly, uplifted', { upliftRate: '0.1' });
    const grant = await backbone.must(
      backbone.post<Made & { amount: { amount: string } }>(
        `/api/v1/pools/${coalition.poolId}/grants`,
        draft({ reference: 'G-1', templateId: template.id }),
      ),
    );
    expect(grant.amount.amount).toBe('1060.00');
    await backbone.must(
      backbone.patch(
        `/api/v1/schedule-templates/${template.id}`,
        { name: 'Yearly', everyMonths: 1, equalInstalments: 12 },
        template.version,
      ),
    );
    await backbone.must(
      backbone.send({ method: 'DELETE', url: `/api/v1/schedule-templates/${template.id}` }),
    );
    const stored = await app.rows(`SELECT template FROM grants WHERE id = $1`, [grant.id]);
    expect(stored).toEqual([
      {
        template: {
          ...{ baseAmount: '1000.00', firstOn: '2027-01-31', everyMonths: 12, upliftRate: '0.1' },
          slices: [{ percent: '40' }, { remaining: true }],
        },
      },
    ]);
    const page = await (await Browser.of(app, backbone)).get(`/grants/${grant.id}`);
    expect(page.html).toContain('660.00');
  });

  it('fills in what a grant leaves out, and yields to what it says', async () => {
    const { id } = await saved('In two', { upliftRate: '0.1' });
    expect(planned((await preview(id)).body)).toEqual([
      ['2027-01-31', '400.00'],
      ['2028-01-31', '660.00'],
    ]);
    expect(planned((await preview(id, { equalInstalments: 2, everyMonths: 1 })).body)).toEqual([
      ['2027-01-31', '500.00'],
      ['2027-02-28', '500.00'],
    ]);
    expect(planned((await preview(id, { upliftIndex: ['0'] })).body)[1]).toEqual(['2028-01-31', '600.00']);
    const without = await preview(id, { templateId: undefined, equalInstalments: 2 });
    expect([without.status, without.body.errors[0]?.pointer]).toEqual([422, '/everyMonths']);
  });

  it('may fall due after something, whose expected day each grant says', async () => {
    const after = {
      event: 'documentReceived',
      subject: 'the signed agreement',
      count: 10,
      unit: 'workingDays',
    };
    const { id, text } = await saved('After the agreement', { slices: [{ remaining: true, after }] });
    expect(text).toBe('what remains (10 working days after the signed agreement is received)');
    const refused = await preview(id);
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/slices/0/after/expectedOn']);
    const slices = [{ remaining: true, after: { ...after, expectedOn: '2027-03-31' } }];
    expect((await preview(id, { slices })).body.instalments).toEqual([
      expect.objectContaining({ nominalOn: '2027-03-31', dueOn: null }),
    ]);
  });

  it('with fixed amounts is of a currency, and serves no pool in another, nor another coalition', async () => {
    const slices = [{ amount: '100.00' }, { remaining: true }];
    const missing = await save<ProblemBody>('Fixed', { slices });
    expect([missing.status, missing.body.errors[0]?.pointer]).toEqual([422, '/currency']);
    const euros = await saved('Fixed in euros', { slices, currency: 'EUR' });
    expect((await saved('No amounts', { currency: 'EUR' })).currency).toBeNull();
    const refused = await preview(euros.id);
    expect(refused.body.errors[0]).toMatchObject({ pointer: '/templateId' });
    const elsewhere = await other.backbone.post<ProblemBody>(`/api/v1/pools/${other.poolId}/grants/preview`, {
      ...{ amount: '1000.00', firstOn: '2027-01-31', templateId: euros.id },
    });
    expect([elsewhere.status, elsewhere.body.errors[0]?.pointer]).toEqual([422, '/templateId']);
  });

  it.each([
    ['/slices', 422, { slices: undefined }],
    ['/slices', 422, { slices: [{ percent: '40' }, { percent: '50' }] }],
    ['/slices/0/percent', 400, { slices: [{ percent: 'half' }] }],
    ['/everyMonths', 400, { everyMonths: 0 }],
    ['/name', 400, { name: ' ' }],
    ['/amount', 400, { amount: '5.00' }],
  ])('is refused at %s with %d', async (pointer, status, wrong) => {
    const refused = await save<ProblemBody>('Wrong', wrong);
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([status, pointer]);
  });
});

describe('the pages', () => {
  const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  it('save a schedule, fill it into a new grant, and keep that of a grant', async () => {
    const browser = await Browser.of(app, backbone);
    const list = `/coalitions/${coalition.id}/schedule-templates`;
    const typed = {
      ...{ name: 'Two <parts>', everyMonths: '12', currency: 'GBP', upliftPercent: '2.5' },
      ...{ 'slices[0].amount': '1,500.5', 'slices[1].remaining': 'true' },
    };
    const wrong = await browser.submit(list, { ...typed, equalInstalments: '3' }, `${list}/new`);
    expect(wrong.html).toContain('Give either a number of equal instalments, or slices.');
    const kept = await browser.submit(list, typed, `${list}/new`);
    expect(kept.location).toBe(list);
    const listed = await browser.get(list);
    expect(words(listed.html)).toContain('1500.50 and what remains, every 12 months, 2.5 % uplift a year');
    const { items } = await backbone.must(backbone.get<{ items: Template[] }>(home));
    const template = items.find(({ name }) => name === 'Two <parts>')!.id;

    const form = `/pools/${coalition.poolId}/grants/new`;
    expect((await browser.get(form)).html).toContain(`${form}?templateId=`);
    const begun = (await browser.get(`${form}?templateId=${template}`)).html;
    expect(begun).toMatch(/name="slices\[0\]\.amount"[^>]*value="1500.50"/);
    expect(begun).toMatch(/name="everyMonths"[^>]*value="12"/);
    expect(begun).toMatch(/name="upliftPercent"[^>]*value="2.5"/);

    const { id } = await backbone.must(
      backbone.post<Made>(
        `/api/v1/pools/${coalition.poolId}/grants`,
        draft({ reference: 'G-L', everyMonths: 3, equalInstalments: 7 }),
      ),
    );
    expect((await browser.get(`/grants/${id}`)).html).toContain(`${list}/new?grantId=${id}`);
    const like = (await browser.get(`${list}/new?grantId=${id}`)).html;
    expect(like).toMatch(/name="equalInstalments"[^>]*value="7"/);
    expect((await browser.get(`/grants/${id}/edit?templateId=${template}`)).html).toMatch(
      /name="equalInstalments"(?![^>]*value="7")/,
    );
  });

  it('change one and remove it, for the backbone; others look', async () => {
    const { id } = await saved('To be changed');
    const browser = await Browser.of(app, backbone);
    const page = `/schedule-templates/${id}`;
    const { html } = await browser.get(page);
    const version = /name="version" value="(\d+)"/.exec(html)![1]!;
    const typed = { name: 'Changed', everyMonths: '6', equalInstalments: '4', version };
    expect((await browser.submit(page, typed, page)).status).toBe(303);
    const stale = await browser.submit(page, typed, page);
    expect(stale.html).toContain('Somebody changed the template meanwhile.');
    const finance = await Browser.of(app, coalition.finance);
    const list = `/coalitions/${coalition.id}/schedule-templates`;
    expect(words((await finance.get(list)).html)).toContain('4 equal instalments, every 6 months');
    expect((await finance.get(page)).status).toBe(403);
    expect((await browser.submit(`${page}/remove`, {}, page)).location).toBe(list);
    expect((await browser.get(page)).status).toBe(404);
  });
});
