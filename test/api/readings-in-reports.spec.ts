import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MeasureAnswer } from '../../src/goals/measures/measure.dto.js';
import { readingsChecks } from '../../src/goals/readings/readings.checks.js';
import type { ReadingAnswer } from '../../src/goals/readings/reading.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { FunderReportAnswer } from '../../src/reporting/for-funders/funder-report.dto.js';
import type { SpendReportAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { refusal, reportedGrant, type TestReports } from '../support/report.js';

let app: TestApp;
let world: TestReports;
const ids: Record<string, string> = {};

const own = {
  ...{ polarity: 'up', frequency: 'quarter', dueAfterDays: 21, programme: 'Open evenings', places: 0 },
  ...{ measureKind: 'howMuch', unit: 'people', source: 'Sign-in sheets' },
};

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  world = await reportedGrant(app, 'River Towns');
  const { backbone, stream, hill } = world.coalition;
  const add = async (terms: object) => {
    const url = `/api/v1/goals/${world.youth}/performance-measures`;
    const made = await backbone.must(
      backbone.post<MeasureAnswer>(url, { ...own, organisationId: stream, ...terms }),
    );
    return made.id;
  };
  ids.came = await add({
    name: 'Young people who came',
    disaggregation: [{ dimension: 'Area', categories: ['North ward'] }],
  });
  ids.again = await add({ name: 'Came again' });
  ids.share = await add({
    ...{ name: 'Who came again', unit: '% of those who came', formula: 'percentage' },
    inputs: [
      { id: ids.again, part: 'numerator' },
      { id: ids.came, part: 'denominator' },
    ],
  });
  ids.others = await add({ name: 'Families visited', organisationId: hill });
});
afterAll(() => app?.stop());

const page = () => world.address(1).replace('/api/v1', '');
const read = (id: string) =>
  world.coalition.backbone.must(
    world.coalition.backbone.get<Page<ReadingAnswer>>(`/api/v1/performance-measures/${id}/readings`),
  );
const came = (value: string | null, more: object = {}) => ({
  ...{ seriesId: ids.came, ...more },
  values: [{ period: '2027-Q1', value }],
});
const again = (value: string, more: object = {}) => ({
  ...{ seriesId: ids.again, ...more },
  values: [{ period: '2027-Q1', value }],
});
const valuesOf = (report: SpendReportAnswer, id = ids.came) =>
  report.readings
    .find(({ seriesId }) => seriesId === id)!
    .values.map(({ period, category, value }) => [...[period, category, value]]);

describe('the readings of a report', () => {
  it('are asked for of what its organisation reads for its goals, by the periods that end in it', async () => {
    const { readings } = await world.read(1);
    expect(readings.map(({ name, isCalculated }) => [name, isCalculated])).toEqual([
      ['Young people who came', false],
      ['Came again', false],
      ['Who came again', true],
    ]);
    expect(valuesOf(await world.read(1))).toEqual([
      ['2027-Q1', '', null],
      ['2027-Q1', 'North ward', null],
    ]);
    expect(valuesOf(await world.read(2))[0]).toEqual(['2027-Q2', '', null]);
  });

  it('are kept with the draft, and are nobody’s reading before it is handed in', async () => {
    const saved = await world.save(1, { readings: [came('41', { source: 'Own count' })] });
    expect(valuesOf(saved)[0]).toEqual(['2027-Q1', '', '41']);
    const share = saved.readings.find(({ seriesId }) => seriesId === ids.share)!;
    expect(share.values[0]).toMatchObject({ value: null, missing: ['Came again'] });
    const both = await world.save(1, { readings: [came('40', { source: 'Own count' }), again('10')] });
    expect(valuesOf(both, ids.share)).toEqual([['2027-Q1', '', '25']]);
    expect((await read(ids.came!)).total).toBe(0);
    const seen = await world.read(1, world.coalition.backbone);
    expect(seen.readings.flatMap(({ values }) => values.map(({ value }) => value))).toEqual(
      Array(seen.readings.flatMap(({ values }) => values).length).fill(null),
    );
  });

  it.each([
    ['of others', () => ({ seriesId: ids.others }), '/readings/0/seriesId'],
    [
      'of another period',
      () => ({ seriesId: ids.came, values: [{ period: '2027-Q2', value: '1' }] }),
      '/readings/0/values/0/period',
    ],
    [
      'of what is calculated',
      () => ({ seriesId: ids.share, values: [{ period: '2027-Q1', value: '1' }] }),
      '/readings/0/values/0/value',
    ],
  ])('are not taken %s', async (_, sent, pointer) => {
    const { version } = await world.read(1);
    const refused = world.coalition.partner.patch(world.address(1), { readings: [sent()] }, version);
    expect(await refusal(refused)).toMatchObject({ status: 422, pointers: [pointer] });
  });

  it('are typed in the form as people write numbers; one that is none is named, and nothing is lost', async () => {
    const browser = await Browser.of(app, world.coalition.partner);
    const { version } = await world.read(1);
    const form = (value: string) => ({
      ...{ version: String(version), story: 'Two new evenings a week.' },
      ...{ 'lines[0].goalId': world.youth, 'lines[0].amount': '8,500' },
      ...{ 'readings[0].seriesId': ids.came!, 'readings[0].source': 'Own count' },
      ...{ 'readings[0].values[0].period': '2027-Q1', 'readings[0].values[0].value': value },
      ...{ 'readings[0].values[1].period': '2027-Q1', 'readings[0].values[1].dimension': 'Area' },
      ...{ 'readings[0].values[1].category': 'North ward', 'readings[0].values[1].value': '1 200,5' },
    });
    const wrong = await browser.submit(page(), form('about forty'), page());
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('about forty');
    expect(wrong.html).toMatch(/id="field-readings-0-values-0-value-error"[^]*?is not a number such as/);
    expect(wrong.html).toContain('8,500');
    await browser.submit(page(), form('41'), page());
    expect(valuesOf(await world.read(1))).toEqual([
      ['2027-Q1', '', '41'],
      ['2027-Q1', 'North ward', '1200.5'],
    ]);
  });

  it('stand beside what a colleague has typed meanwhile', async () => {
    const browser = await Browser.of(app, world.coalition.partner);
    const { html } = await browser.get(page());
    const drawn = Object.fromEntries(
      [
        ...html.matchAll(
          /<(?:input|textarea)[^>]*?name="([^"]+)"[^>]*?(?:value="([^"]*)")?[^>]*>(?:([^<]*)<\/textarea>)?/g,
        ),
      ]
        .filter(([, name]) => !name!.startsWith('_') && name !== 'file')
        .map(([tag, name, , text]) => [name!, /value="([^"]*)"/.exec(tag)?.[1] ?? text ?? '']),
    );
    await world.save(1, { readings: [came('43', { source: 'Own count' }), again('10')] });
    const beside = { ...drawn, 'readings[0].source': 'Sheets of each evening' };
    expect((await browser.submit(page(), beside, page())).status).toBe(303);
    const merged = await world.read(1);
    expect(merged.readings[0]).toMatchObject({ source: 'Sheets of each evening' });
    expect([valuesOf(merged)[0], valuesOf(merged, ids.again)[0]]).toEqual([
      ['2027-Q1', '', '43'],
      ['2027-Q1', '', '10'],
    ]);
    const clash = await browser.submit(page(), { ...drawn, 'readings[0].values[0].value': '44' }, page());
    expect(clash.html).toMatch(
      /readings-0-values-0-value-error[^]*?Somebody else wrote here meanwhile: “43”/,
    );
  });

  it('become readings when it is handed in, each leading to the other', async () => {
    const { backbone } = world.coalition;
    await backbone.must(
      backbone.post(`/api/v1/performance-measures/${ids.again}/readings`, { period: '2027-Q1', value: '9' }),
    );
    await world.save(1, { readings: [came('40', { source: 'Own count' }), again('10')] });
    const early = await refusal(world.coalition.partner.post(world.address(1, 'submit')));
    expect(early).toEqual({
      status: 422,
      detail: '2027-Q1 was read as 9 already. Say why it is corrected.',
      pointers: ['/readings/1/note'],
    });
    expect((await world.read(1)).state).toBe('draft');
    await world.save(1, {
      readings: [came('40', { source: 'Own count' }), again('10', { note: 'One more sheet' })],
    });
    await world.submit(1, '8500.00');
    const [reading] = (await read(ids.came!)).items;
    expect(reading).toMatchObject({
      ...{ period: '2027-Q1', value: '40', source: 'Own count', via: 'report' },
      ...{ spendReportId: (await world.read(1)).id, recordedBy: world.coalition.partner.name },
    });
    expect((await read(ids.again!)).items.map(({ value, via, note }) => [value, via, note])).toEqual(
      expect.arrayContaining([
        ['10', 'report', 'One more sheet'],
        ['9', 'api', ''],
      ]),
    );
    const browser = await Browser.of(app, backbone);
    const list = (await browser.get(`/performance-measures/${ids.came}/readings`)).html;
    expect(list).toContain(`href="${page()}">in a spend report</a>`);
    const reviewed = (await browser.get(page())).html;
    expect(reviewed).toContain(`href="/performance-measures/${ids.came}/readings"`);
    expect(reviewed).toContain('Who came again');
  });
});

describe('a report that comes back', () => {
  it('may be commented on at what was read; what is changed supersedes, and what is not stays', async () => {
    const { backbone, partner } = world.coalition;
    const fields = [{ pointer: `/readings/${ids.came}`, comment: 'Each person once?' }];
    const calculated = {
      comment: 'See there.',
      fields: [{ pointer: `/readings/${ids.share}`, comment: 'Why?' }],
    };
    expect(await refusal(backbone.post(world.address(1, 'return'), calculated))).toMatchObject({
      pointers: ['/fields/0/pointer'],
    });
    const returned = await backbone.must(
      backbone.post<SpendReportAnswer>(world.address(1, 'return'), { comment: 'See there.', fields }),
    );
    expect(returned.comments).toMatchObject([
      { field: 'Young people who came', comment: 'Each person once?' },
    ]);
    const form = (await (await Browser.of(app, partner)).get(page())).html;
    expect(form.indexOf('Each person once?')).toBeLessThan(
      form.indexOf('name="readings[0].values[0].value"'),
    );
    expect((await read(ids.came!)).items.map(({ value }) => value)).toEqual(['40']);
    await world.save(1, {
      readings: [came('38', { source: 'Own count' }), again('10', { note: 'One more sheet' })],
    });
    await world.submit(1, '8500.00');
    const [now, before] = (await read(ids.came!)).items.toSorted((a) => (a.supersededById ? 1 : -1));
    expect([now, before]).toMatchObject([
      { value: '38', note: 'Changed when the report was submitted again.', supersedesId: before!.id },
      { value: '40' },
    ]);
    expect((await read(ids.again!)).total).toBe(2);
    await world.accept(1);
  });

  it('corrected after it was accepted, supersedes its readings once the correction is accepted', async () => {
    const { partner, backbone } = world.coalition;
    const reason = 'Two people were counted twice.';
    const begun = await partner.must(
      partner.post<SpendReportAnswer>(world.address(1, 'correct'), { reason }),
    );
    expect(valuesOf(begun)[0]).toEqual(['2027-Q1', '', '38']);
    const at = `/api/v1/spend-reports/${begun.id}`;
    const readings = [came('36', { source: 'Own count' }), again('10', { note: 'One more sheet' })];
    await partner.must(partner.patch(at, { readings }, begun.version));
    await backbone.must(
      backbone.post(`/api/v1/performance-measures/${ids.again}/readings`, {
        ...{ period: '2027-Q1', value: '11', note: 'Counted again' },
      }),
    );
    await partner.must(partner.post(`${at}/submit`));
    expect((await read(ids.came!)).items.filter(({ supersededById }) => !supersededById)).toMatchObject([
      { value: '38' },
    ]);
    await backbone.must(backbone.post(`${at}/accept`));
    expect((await read(ids.came!)).items.filter(({ supersededById }) => !supersededById)).toMatchObject([
      { value: '36', note: reason, spendReportId: begun.id, recordedBy: partner.name },
    ]);
    // What others have read meanwhile, and the correction says no word of, stays.
    expect((await read(ids.again!)).items.filter(({ supersededById }) => !supersededById)).toMatchObject([
      { value: '11' },
    ]);
    expect((await read(ids.came!)).total).toBe(3);
  });

  it('is read by funders with what was read, and with no share of it', async () => {
    const { funder, id, north } = world.coalition;
    const url = `/api/v1/coalitions/${id}/funders/${north}/report?year=2027`;
    const { reports } = await funder.must(funder.get<FunderReportAnswer>(url));
    expect(reports[0]!.readings).toEqual([
      {
        seriesId: ids.again,
        name: 'Came again',
        unit: 'people',
        period: '2027-Q1',
        category: '',
        value: '10',
      },
      {
        seriesId: ids.came,
        name: 'Young people who came',
        unit: 'people',
        period: '2027-Q1',
        category: '',
        value: '36',
      },
    ]);
  });
});

describe('a report whose period was moved since something was typed', () => {
  it('names what is to be said in another report, and keeps it until somebody has read that', async () => {
    const { partner } = world.coalition;
    const typed = { seriesId: ids.came, values: [{ period: '2027-Q2', value: '44' }] };
    const { id } = await world.save(2, { readings: [typed], story: 'Rain.' });
    const end = (on: string) => app.rows(`UPDATE spend_reports SET period_to = $2 WHERE id = $1`, [id, on]);
    await end('2027-06-29');
    expect(await refusal(partner.post(world.address(2, 'submit')))).toMatchObject({
      detail:
        '2027-Q2 does not end in this report any more: say it in the one in which it does, and leave it empty here.',
      pointers: ['/readings/0/values/0/value'],
    });
    expect(valuesOf(await world.read(2))).toEqual([['2027-Q2', '', '44']]);
    await end('2027-06-30');
  });
});

it('leaves everything as reporting and reading promise', async () => {
  const results = await runChecks([...reportingChecks, ...readingsChecks], (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});
