import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, type Made, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let backbone: Browser;
let funder: Browser;
let goal: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  backbone = await Browser.of(app, coalition.backbone);
  funder = await Browser.of(app, coalition.funder);
  const { id } = await coalition.backbone.must(
    coalition.backbone.post<Made>(`/api/v1/coalitions/${coalition.id}/goals`, {
      ...{ name: 'Ready for school', horizonOn: '2031-12-31' },
    }),
  );
  goal = `/goals/${id}`;
});
afterAll(() => app?.stop());

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const wards = { 'parts[0].dimension': 'Area', 'parts[0].categories': 'North ward; South ward' };
const terms = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ name: 'Ready at <five>', unit: '% of children', places: '1', polarity: 'up', frequency: 'year' },
  ...{ dueAfterDays: '60', baselineOn: '2023-12-31', baseline: '60', green: '95', amber: '80', red: '0' },
  ...{ source: 'Profile', 'targets[0].on': '2027-12-31', 'targets[0].value': '80' },
  ...more,
});

async function addIndicator(more: Record<string, string> = {}): Promise<string> {
  const { location, html } = await backbone.submit(
    `${goal}/indicators`,
    terms(more),
    `${goal}/indicators/new`,
  );
  if (!location) throw new Error(words({ html } as Page));
  return location;
}

describe('the form of an indicator', () => {
  it('adds it with its targets, its bands and what it is told apart by', async () => {
    const page = await backbone.get(await addIndicator(wards));
    expect(page.html).toContain('Ready at &lt;five>');
    expect(words(page)).toContain('nothing has been read yet');
    expect(words(page)).toContain('Targets 80.0 by 31 Dec 2027');
    expect(words(page)).toContain('On track from 95 % of target');
    expect((await funder.get(`${goal}/indicators/new`)).status).toBe(403);
  });

  it('is drawn again with what was typed, and says what to mend', async () => {
    const page = await backbone.submit(
      `${goal}/indicators`,
      terms({ name: 'Amiss', baselineOn: '', 'targets[0].value': 'eighty' }),
      `${goal}/indicators/new`,
    );
    expect(page.status).toBe(422);
    expect(page.html).toContain('value="Amiss"');
    expect(page.html).toContain('value="eighty"');
  });

  it('changes what it says only for who saw it last', async () => {
    const indicator = await addIndicator({ name: 'Changed twice' });
    const { html } = await backbone.get(`${indicator}/edit`);
    const version = /name="version" value="(\d+)"/.exec(html)![1]!;
    const {
      'targets[0].on': _,
      'targets[0].value': __,
      polarity: ___,
      frequency: ____,
      dueAfterDays: _____,
      ...said
    } = terms();
    const change = (name: string) =>
      backbone.submit(indicator, { ...said, name, version }, `${indicator}/edit`);
    expect((await change('Changed once')).location).toBe(indicator);
    const stale = await change('Changed unseen');
    expect([stale.status, words(stale)]).toEqual([
      422,
      expect.stringContaining('Somebody changed the indicator meanwhile'),
    ]);
  });
});

describe('the page of readings', () => {
  it('takes one as it is typed, and corrects it only with a reason', async () => {
    const indicator = await addIndicator({ name: 'Typed', ...wards });
    const readings = `${indicator}/readings`;
    const typed = { period: '2025', value: '66,5 %' };
    expect((await backbone.submit(readings, typed)).location).toBe(readings);
    expect(
      (await backbone.submit(readings, { ...typed, part: 'Area\r\nNorth ward', value: '70' })).status,
    ).toBe(303);
    const silent = await backbone.submit(readings, { period: '2025', value: '67' });
    expect([silent.status, words(silent)]).toEqual([
      422,
      expect.stringContaining('2025 was read as 66.5 already. Say why it is corrected.'),
    ]);
    await backbone.submit(readings, { period: '2025', value: '67', note: 'Final figure' });
    const list = words(await backbone.get(readings));
    expect(list).toContain('2025 67.0');
    expect(list).toContain('Superseded');
    const curve = words(await funder.get(indicator));
    expect(curve).toContain('2025 67.0');
    expect(curve).toContain('Target of that day 70.0');
    expect(curve).toContain('On track');
    expect(curve).toContain('North ward Area');
  });

  it('takes a pasted table and a file, all or none, and says which line is amiss', async () => {
    const indicator = await addIndicator({ name: 'Pasted', ...wards });
    const readings = `${indicator}/readings`;
    const wrong = await backbone.submit(`${readings}/table`, { table: '2024\t61\n2025\tn/a' }, readings);
    expect([wrong.status, words(wrong)]).toEqual([
      422,
      expect.stringContaining('Line 2: &quot;n/a&quot; is not a number such as &quot;62.5&quot;.'),
    ]);
    expect(wrong.html).toContain('2024\t61');
    const right = await backbone.submit(
      `${readings}/table`,
      { table: 'period\tvalue\tNorth ward\n2024\t61\t64\n2025\t66\t' },
      readings,
    );
    expect(right.location).toBe(readings);
    expect(words(await backbone.get(readings))).toContain('3 readings written down.');
    const { html } = await backbone.get(readings);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!;
    await backbone.upload(`${readings}/file`, { _csrf: csrf }, 'file', 'period,value\n2023,60\n2024,61\n');
    expect(words(await backbone.get(readings))).toContain('1 reading written down, 1 as before.');
  });

  it('is for reading only to who may not write, and says so of what is calculated', async () => {
    const indicator = await addIndicator({ name: 'Closed to others' });
    const page = await funder.get(`${indicator}/readings`);
    expect(page.status).toBe(200);
    expect(words(page)).not.toContain('Write down a reading');
    const input = indicator.split('/').at(-1)!;
    const calculated = await addIndicator({
      ...{ name: 'Calculated', formula: 'sum', 'inputs[0].id': input, 'inputs[0].part': 'addend' },
    });
    expect(words(await backbone.get(`${calculated}/readings`))).toContain(
      'It is calculated from Closed to others',
    );
  });
});

describe('turning a curve', () => {
  it('shows the story, the partners, what works, and each action as a mark on the time axis', async () => {
    const indicator = await addIndicator({ name: 'To be turned' });
    await backbone.submit(`${indicator}/readings`, { period: '2025', value: '61' });
    await backbone.submit(`${indicator}/texts/story`, { body: 'It rained.' });
    await backbone.submit(`${indicator}/partners`, { name: 'Public library', contribution: 'Story hours' });
    const action = {
      title: 'Open two places',
      ownerId: coalition.finance.id,
      startsOn: '2026-01-01',
      dueOn: '2026-06-30',
    };
    await backbone.submit(`${indicator}/actions`, action, `${indicator}/actions/new`);
    const page = await funder.get(indicator);
    for (const said of [
      'It rained.',
      'Public library',
      'Story hours',
      'Open two places',
      coalition.finance.name,
      'Late',
    ])
      expect(words(page)).toContain(said);
    expect(page.html).toMatch(/<text[^>]*>1<\/text>/);
    const address = /href="(\/curve-actions\/[\w-]+)"/.exec((await backbone.get(indicator)).html)![1]!;
    const dropped = await backbone.submit(
      `${address}/drop`,
      { version: '1', endedOn: '2026-11-01' },
      address,
    );
    expect([dropped.status, words(dropped)]).toEqual([
      422,
      expect.stringContaining('Say why it is dropped.'),
    ]);
    await backbone.submit(`${address}/finish`, { version: '1', endedOn: '2026-11-01' }, address);
    expect(words(await funder.get(indicator))).toContain('Done');
  });
});

describe('the scorecard', () => {
  it('shows indicators as curves, and performance measures apart from them', async () => {
    await backbone.submit(
      `${goal}/performance-measures`,
      {
        ...terms({ name: 'Families visited', unit: 'families' }),
        measureKind: 'howMuch',
        programme: 'Family visitors',
      },
      `${goal}/performance-measures/new`,
    );
    const page = await funder.get(`/coalitions/${coalition.id}/scorecard`);
    const [indicators, measures] = words(page).split('Of single programmes.');
    expect(indicators).toContain('Typed');
    expect(indicators).not.toContain('Families visited');
    expect(measures).toContain('How much did we do?');
    expect(measures).toContain('Families visited Family visitors');
    expect(page.html).not.toMatch(/style="/);
  });
});
