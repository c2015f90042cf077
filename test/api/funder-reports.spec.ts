import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '../../src/platform/http/list.js';
import type {
  FunderReportAnswer,
  FunderReportSettingsAnswer,
} from '../../src/reporting/for-funders/funder-report.dto.js';
import type { SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { type Client, TestApp } from '../support/app.js';
import { reportHeadings } from '../../src/reporting/for-funders/headings.js';
import { Browser } from '../support/browser.js';
import { reportKinds } from '../../src/finance-reports/definitions/report-definitions.js';
import {
  type ApiDocument,
  attributions,
  headingsOf,
  type NamedFields,
  objectsOf,
} from '../support/no-impact.js';
import {
  award,
  foundCoalition,
  fund,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

/** A finance report, as far as its names go. */
interface MadeReport {
  sections: {
    keyFigures: { name: string }[];
    tables: { name: string; rows: object[] }[];
  }[];
}

let app: TestApp;
let coalition: TestCoalition;
let southPerson: Client;

/**
 * North has paid three quarters of the pool and South one. Stream has £10,000.00 of a grant over 2027, and its report on
 * the first quarter is accepted: £8,000.00 for young people, a penny for school.
 */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  coalition = await foundCoalition(app, 'Read Towns');
  const { id, backbone, partner, south } = coalition;
  southPerson = await app.person('Person of South');
  await app.seat(southPerson, id, 'funder', south);
  await fund(coalition, '300000.00');
  await fund(coalition, '100000.00', { funderId: south });
  const goal = async (name: string) =>
    (
      await backbone.must(
        backbone.post<{ id: string }>(`/api/v1/coalitions/${id}/goals`, { name, horizonOn: '2031-12-31' }),
      )
    ).id;
  const [school, youth] = [await goal('Ready for school'), await goal('Somewhere to go')];
  const grantId = await award(coalition, {
    ...{ amount: '40000.00', startOn: '2027-01-01', endOn: '2027-12-31' },
    ...{ firstOn: '2027-01-04', everyMonths: 3, equalInstalments: 4, reportingFrequency: 'quarterly' },
  });
  await app.moveTo('2027-01-04T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-04');
  await app.moveTo('2027-04-06T09:00:00Z');
  const { items } = await backbone.must(
    backbone.get<Page<SpendReportSummaryAnswer>>(`/api/v1/grants/${grantId}/spend-reports`),
  );
  const path = `/api/v1/spend-reports/${items[0]!.id}`;
  const { version } = await partner.must(partner.get<{ version: number }>(path));
  const lines = [
    { goalId: youth, amount: '8000.00' },
    { goalId: school, amount: '0.01' },
  ];
  const { id: seriesId } = await backbone.must(
    backbone.post<{ id: string }>(`/api/v1/goals/${youth}/performance-measures`, {
      ...{
        name: 'Young people who came',
        unit: 'people',
        polarity: 'up',
        frequency: 'quarter',
        dueAfterDays: 21,
      },
      ...{ measureKind: 'howMuch', programme: 'Open evenings', source: 'Sign-in sheets', places: 0 },
      organisationId: coalition.stream,
    }),
  );
  const readings = [{ seriesId, values: [{ period: '2027-Q1', value: '4000' }] }];
  await partner.must(partner.patch(path, { lines, readings, story: 'Two new evenings a week.' }, version));
  await partner.must(partner.post(`${path}/submit`));
  await backbone.must(backbone.post(`${path}/accept`));
});
afterAll(() => app?.stop());

const home = (organisationId: string) => `/api/v1/coalitions/${coalition.id}/funders/${organisationId}`;
const read = (organisationId: string, query = '', by = coalition.funder) =>
  by.must(by.get<FunderReportAnswer>(`${home(organisationId)}/report${query}`));
const set = (by: Client, organisationId: string, body: object, version: number) =>
  by.patch<FunderReportSettingsAnswer & ProblemBody>(
    `${home(organisationId)}/report-settings`,
    body,
    version,
  );
const state = (body: object, by = coalition.finance) =>
  by.post<ProblemBody & { rate: string }>(`/api/v1/coalitions/${coalition.id}/stated-rates`, {
    ...{ fromCurrency: 'GBP', toCurrency: 'EUR', source: 'European Central Bank' },
    ...body,
  });
const sharesOf = ({ reports }: FunderReportAnswer) =>
  reports.flatMap(({ lines }) => lines.map(({ goal, share }) => [goal, share?.amount, share?.currency]));

describe('one report', () => {
  it('is read by each funder with its share of the money, and the shares are the whole', async () => {
    expect(sharesOf(await read(coalition.north))).toEqual([
      ['Ready for school', '0.01', 'GBP'],
      ['Somewhere to go', '6000.00', 'GBP'],
    ]);
    expect(sharesOf(await read(coalition.south))).toEqual([
      ['Ready for school', '0.00', 'GBP'],
      ['Somewhere to go', '2000.00', 'GBP'],
    ]);
  });

  it('counts in the fiscal year of its reader, in which its period ends', async () => {
    const { south } = coalition;
    const settings = { startMonth: 4, language: 'fr' };
    const { status } = await set(southPerson, south, settings, 1);
    expect(status).toBe(200);
    const running = await read(south, '', southPerson);
    expect([running.fiscalYear, running.from, running.to, running.reports]).toEqual([
      ...['2027/28', '2027-04-01', '2028-03-31', []],
    ]);
    const before = await read(south, '?year=2026', southPerson);
    expect([before.fiscalYear, before.reports.length, before.totals]).toEqual([
      ...['2026/27', 1, [{ amount: '2000.00', currency: 'GBP' }]],
    ]);
  });

  it('is read in another currency at a rate that somebody has stated, and says which', async () => {
    const { south } = coalition;
    const settings = { startMonth: 4, language: 'fr', currency: 'EUR' };
    await set(southPerson, south, settings, 2);
    const without = await read(south, '?year=2026', southPerson);
    expect(sharesOf(without).map(([, share]) => share)).toEqual([undefined, undefined]);
    expect((await state({ rate: '1.1725', statedOn: '2027-03-01' })).body.rate).toBe('1.1725');
    await state({ rate: '1.2', statedOn: '2027-04-01' });
    const { reports, totals } = await read(south, '?year=2026', southPerson);
    expect([reports[0]!.rate, totals]).toEqual(['1.1725', [{ amount: '2345.00', currency: 'EUR' }]]);
  });

  it('has its headings in the language of the reader, on the page and as CSV', async () => {
    const { south, id } = coalition;
    const browser = await Browser.of(app, southPerson);
    const page = await browser.get(`/coalitions/${id}/reports/for-funders/${south}?year=2026`);
    expect(page.html).toContain('Utilisation des fonds: South Bank Fund');
    expect(page.html).toContain('Votre part des fonds (EUR)');
    expect(page.html).toContain('Two new evenings a week.');
    const { body } = await southPerson.get<string>(`${home(south)}/report.csv?year=2026`);
    expect(body.split('\r\n').slice(0, 3)).toEqual([
      'Exercice,Période,,Partenaire,Subvention,Objectif,Dépensé,,Taux,Votre part des fonds,',
      expect.stringMatching(
        /^2026\/27,2027-01-01,2027-03-31,Stream Youth Work,.*,Ready for school,0\.01,GBP,1\.1725,0\.00,EUR$/,
      ),
      expect.stringMatching(/Somewhere to go,8000\.00,GBP,1\.1725,2345\.00,EUR$/),
    ]);
  });

  it('speaks of a share of the money, and of nothing else', async () => {
    const text = JSON.stringify(await read(coalition.north));
    expect(text).not.toMatch(/impact|attribut|outcome/i);
  });
});

describe('no field attributes impact to a funder', () => {
  const document = () => coalition.backbone.must(coalition.backbone.get<ApiDocument>('/api/openapi.json'));

  it.each([
    [{ name: 'FunderAnswer', fields: ['funderId', 'funder', 'readings'] }],
    [{ name: 'ShareAnswer', fields: ['share', 'outcomes'] }],
    [{ name: 'ReportAnswer', fields: ['impactShare'] }],
    [{ name: 'GoalAnswer', fields: ['outcomesByFunder'] }],
    [{ name: 'GET /api/v1/funders/{id}/impact', fields: ['api', 'v1', 'funders', 'impact'] }],
  ])('%j would be found', (place) => {
    expect(attributions([place])).not.toEqual([]);
  });

  it('of anything that the API takes or gives, or is asked by', async () => {
    const objects = objectsOf(await document());
    expect(objects.length).toBeGreaterThan(600);
    expect(attributions(objects)).toEqual([]);
  });

  it('as a heading of any list that is exported', async () => {
    const headings = headingsOf(await document());
    expect(headings.length).toBeGreaterThan(40);
    expect(attributions(headings)).toEqual([]);
  });

  it('in the column of any report, or in any language in which funders read', async () => {
    const { poolId, finance, id, north } = coalition;
    const csv = async (path: string) => (await finance.get<string>(path)).body.split('\r\n')[0]!.split(',');
    const exported = [
      { name: 'the report of a funder', fields: await csv(`${home(north)}/report.csv?year=2027`) },
      { name: 'contributions', fields: await csv(`/api/v1/pools/${poolId}/contributions?format=csv`) },
      { name: 'spend by goal', fields: await csv(`/api/v1/coalitions/${id}/spend-by-goal?format=csv`) },
    ];
    expect(exported.every(({ fields }) => fields.length > 1)).toBe(true);
    expect(attributions(exported)).toEqual([]);
    const words = Object.values(reportHeadings).flatMap((headings) => Object.values(headings).map(String));
    expect(words.filter((word) => /impact|wirkung|impacto|wpływ|attribu|zugerechnet/i.test(word))).toEqual(
      [],
    );
  });

  it('in the columns and key figures of any finance report', async () => {
    const { finance, poolId, north } = coalition;
    const made: { id: string; kind: string }[] = [];
    for (const kind of reportKinds) {
      const about = kind === 'funderStatement' ? { funderId: north } : {};
      const asked = { kind, formats: ['csv'], ...about };
      const { id } = await finance.must(
        finance.post<{ id: string }>(`/api/v1/pools/${poolId}/finance-reports`, asked),
      );
      made.push({ id, kind });
    }
    await app.drain();
    const places: NamedFields[] = [];
    for (const { id, kind } of made) {
      const { sections } = await finance.must(finance.get<MadeReport>(`/api/v1/report-runs/${id}`));
      for (const { keyFigures, tables } of sections) {
        places.push({ name: kind, fields: keyFigures.map(({ name }) => name) });
        for (const { name, rows } of tables)
          places.push({ name: `${kind}, ${name}`, fields: [...new Set(rows.flatMap(Object.keys))] });
      }
      const { body } = await finance.get<string>(`/api/v1/report-runs/${id}/files/csv`);
      places.push({ name: `${kind} as CSV`, fields: body.split('\r\n')[0]!.split(',') });
      expect([kind, /impact/i.test(body)]).toEqual([kind, false]);
    }
    expect(places.filter(({ fields }) => fields.length > 1).length).toBeGreaterThan(15);
    expect(attributions(places)).toEqual([]);
  });

  it('on a funder’s page: what was read is the same for all of them, whole, and beside no share', async () => {
    const [north, south] = [
      await read(coalition.north, '?year=2027'),
      await read(coalition.south, '?year=2026'),
    ];
    const readings = [expect.objectContaining({ name: 'Young people who came', value: '4000' })];
    expect([north.reports[0]!.readings, south.reports[0]!.readings]).toEqual([readings, readings]);
    const browser = await Browser.of(app, coalition.finance);
    for (const [funder, year] of [
      [coalition.north, 2027],
      [coalition.south, 2026],
    ] as const) {
      const { html } = await browser.get(
        `/coalitions/${coalition.id}/reports/for-funders/${funder}?year=${year}`,
      );
      expect(html).toMatch(/Young people who came[^]*?4,000 people/);
      // Of four thousand people, North's three quarters and South's one are on no page.
      expect(html).not.toMatch(/3,000|1,000/);
      const tables = [...html.matchAll(/<table[^]*?<\/table>/g)].map(([table]) => table);
      expect(tables.filter((table) => table.includes('4,000'))).toEqual([]);
    }
  });
});

describe('how a funder reads', () => {
  it('is said by its own people, or by those who run the coalition, and by no other funder', async () => {
    const { south, north, funder, backbone, partner } = coalition;
    const settings = { startMonth: 1, language: 'en' };
    expect((await set(funder, south, settings, 3)).status).toBe(403);
    expect((await set(partner, south, settings, 3)).status).toBe(403);
    expect((await set(backbone, north, settings, 1)).status).toBe(200);
    expect((await set(backbone, north, settings, 1)).status).toBe(412);
  });

  it.each([
    [{ startMonth: 13, language: 'en' }, '/startMonth'],
    [{ startMonth: 1, language: 'la' }, '/language'],
    [{ startMonth: 1, language: 'en', currency: 'XYZ' }, '/currency'],
  ])('is refused as %j', async (settings, pointer) => {
    const { backbone, north } = coalition;
    expect((await set(backbone, north, settings, 2)).body.errors[0]!.pointer).toBe(pointer);
  });

  it('is changed on a page, with what was refused at its field', async () => {
    const { id, north, finance } = coalition;
    const browser = await Browser.of(app, finance);
    const path = `/coalitions/${id}/reports/for-funders/${north}/settings`;
    const form = { version: '2', startMonth: '7', currency: 'XYZ', language: 'de' };
    const refused = await browser.submit(path, form);
    expect(refused.html).toContain('XYZ is not a currency of ISO 4217.');
    const saved = await browser.submit(path, { ...form, currency: '' });
    expect(saved.location).toBe(`/coalitions/${id}/reports/for-funders/${north}`);
    expect((await browser.get(saved.location!)).html).toContain('Verwendung der Mittel');
  });
});

describe('a rate', () => {
  it.each([
    [{ rate: '0.00', statedOn: '2027-05-01' }, '/rate'],
    [{ rate: '1', statedOn: '2027-05-01', toCurrency: 'GBP' }, '/toCurrency'],
    [{ rate: '1.3', statedOn: '2027-03-01' }, '/statedOn'],
  ])('is refused as %j', async (body, pointer) => {
    expect((await state(body)).body.errors[0]!.pointer).toBe(pointer);
  });

  it('is stated on a page by those who run the coalition', async () => {
    const { id, finance, funder } = coalition;
    const path = `/coalitions/${id}/reports/for-funders`;
    const form = {
      fromCurrency: 'GBP',
      rate: '5.01',
      toCurrency: 'PLN',
      statedOn: '2027-01-01',
      source: 'NBP',
    };
    const browser = await Browser.of(app, finance);
    await browser.submit(`${path}/rates`, form, path);
    expect((await browser.get(path)).html).toContain('5.01');
    expect((await state({ rate: '1', statedOn: '2027-01-01', toCurrency: 'PLN' }, funder)).status).toBe(403);
  });
});
