import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBond } from '../support/bond.js';
import { Browser, csrfIn, type Page } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bond: TestBond;
let home: string;
let finance: Browser;
let funder: Browser;
let partner: Browser;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Bond Planning ${coalitions}`);
  bond = await TestBond.active(app, coalition);
  home = `/bonds/${bond.id}`;
  finance = await Browser.of(app, coalition.finance);
  funder = await Browser.of(app, coalition.funder);
  partner = await Browser.of(app, coalition.partner);
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const rows = (list: string, ...of: Record<string, string>[]): Record<string, string> =>
  Object.fromEntries(
    of.flatMap((row, index) =>
      Object.entries(row).map(([field, text]) => [`${list}[${index}].${field}`, text]),
    ),
  );

describe('the plan of a bond', () => {
  const planned = (reason: string, expected: string) =>
    finance.submit(
      `${home}/plans`,
      { reason, ...rows('lines', { period: '1', metric: 'signUp', expected }) },
      `${home}/plan`,
    );

  it('stands beside what was invoiced, and gives way to a later one, whose reason it says', async () => {
    expect(words(await finance.get(`${home}/plan`))).toContain('nothing is planned yet');
    expect((await planned('As agreed', '100')).location).toBe(`${home}/plan`);
    await bond.verified([{ metric: 'signUp', quantity: '90' }]);
    const first = words(await finance.get(`${home}/plan`));
    expect(first).toContain('Plan and actual In GBP, by plan 1');
    expect(first).toMatch(/to 31 Mar.{0,12} 168,000\.00 151,200\.00/);
    expect((await planned('Schools were closed', '80')).location).toBe(`${home}/plan`);
    const second = words(await finance.get(`${home}/plan`));
    expect(second).toMatch(/to 31 Mar.{0,12} 134,400\.00 151,200\.00/);
    expect(second).toMatch(/2 Schools were closed .* 1 As agreed/);
  });

  it('is refused at the field that says it, and made by who runs the bond', async () => {
    const wrong = await planned('', 'many');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="many"');
    expect(wrong.html).toContain('href="#field-lines-0-expected"');
    const readers = [await partner.get(`${home}/plan`), await funder.get(`${home}/plan`)];
    expect(readers.map(({ status, html }) => [status, html.includes(`action="${home}/plans"`)])).toEqual([
      [200, false],
      [200, false],
    ]);
    const csrf = csrfIn(readers[1]!.html);
    expect((await funder.post(`${home}/plans`, { _csrf: csrf, reason: 'x' })).status).toBe(403);
  });
});

const scenarios = (low: string, base: string) => ({
  ...{ names: 'Low; Base', planName: 'Base' },
  ...rows('outcomes', { period: '1', metric: 'signUp', s1: low, s2: base }),
  ...rows('costs', { on: '2027-01-04', amount: '50,000' }),
});

describe('the scenarios of a bond', () => {
  it('are worked out as they are typed, and kept', async () => {
    const empty = await finance.get(`${home}/scenarios`);
    expect(words(empty)).toContain('No scenario yet');
    const post = (path: string, fields: Record<string, string>) =>
      finance.post(`${home}/scenarios${path}`, { _csrf: csrfIn(empty.html), ...fields });
    const preview = await post('/preview', scenarios('30', '100'));
    expect(preview.html).toMatch(/^<div id="projection"/);
    expect(words(preview)).toContain('North River Trust pays 33,600.00 112,000.00');
    expect(words(preview)).toContain('South Bank Fund pays 16,800.00 56,000.00');
    expect(words(await finance.get(`${home}/scenarios`))).toContain('No scenario yet');
    expect((await post('', scenarios('30', '100'))).location).toBe(`${home}/scenarios`);
    const kept = await funder.get(`${home}/scenarios`);
    expect(words(kept)).toContain('North River Trust pays 33,600.00 112,000.00');
    expect(words(kept)).toContain('Base, by quarter');
  });

  it('say what is amiss while it is typed, and at its field when it is sent', async () => {
    const { html } = await finance.get(`${home}/scenarios`);
    const amiss = { _csrf: csrfIn(html), ...scenarios('30', '100'), planName: 'High' };
    const preview = await finance.post(`${home}/scenarios/preview`, amiss);
    expect([preview.status, words(preview)]).toEqual([
      200,
      expect.stringContaining('“High” is none of the scenarios.'),
    ]);
    const sent = await finance.post(`${home}/scenarios`, amiss);
    expect([sent.status, sent.html]).toEqual([422, expect.stringContaining('href="#field-planName"')]);
  });

  it('are read by funders and kept by who runs the bond; a partner does not see them', async () => {
    const { html } = await funder.get(`${home}/scenarios`);
    const kept = await funder.post(`${home}/scenarios`, { _csrf: csrfIn(html), ...scenarios('1', '2') });
    expect([kept.status, (await partner.get(`${home}/scenarios`)).status]).toEqual([403, 403]);
  });
});

describe('the designer', () => {
  /** What stands in the form of a page, by name. */
  const fieldsOf = ({ html }: Page): Record<string, string> =>
    Object.fromEntries([
      ...[...html.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]) => {
        const of = (attribute: string) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(tag)?.[1];
        const isOff = /type="(radio|checkbox)"/.test(tag) && !/\schecked/.test(tag);
        return of('name') && !isOff ? [[of('name')!, of('value') ?? '']] : [];
      }),
      ...[...html.matchAll(/<select\b[^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].map(
        ([, name, options]) => {
          const chosen = /<option\b(?=[^>]*\sselected)[^>]*value="([^"]*)"/.exec(options!);
          return [name!, chosen?.[1] ?? ''];
        },
      ),
    ]) as Record<string, string>;

  const drafted = async () => {
    await finance.submit(`${home}/revise`, { reason: 'A better price' }, home);
    const { html } = await finance.get(`${home}/scenarios`);
    await finance.post(`${home}/scenarios`, { _csrf: csrfIn(html), ...scenarios('30', '100') });
    return fieldsOf(await finance.get(`${home}/design`));
  };

  it('opens where a version is drafted, and says so where none is', async () => {
    expect((await finance.get(`${home}/design`)).status).toBe(409);
    expect((await funder.get(`${home}/design`)).status).toBe(403);
    const fields = await drafted();
    expect(fields).toMatchObject({
      ...{ 'rateCard[0].price': '1680.00', names: 'Low; Base', 'payers[0].cap': '600000.00' },
      ...{ 'outcomes[0].s2': '100', 'costs[0].amount': '50000.00' },
    });
    expect((await finance.get(`${home}/scenarios`)).html).toContain(`href="${home}/design"`);
  });

  it('shows at once what another price comes to, and changes nothing by it', async () => {
    const fields = await drafted();
    const preview = await finance.post(`${home}/design/preview`, { ...fields, 'rateCard[0].price': '1,700' });
    expect(words(preview)).toContain('North River Trust pays 34,000.00 113,333.33');
    const dear = await finance.post(`${home}/design/preview`, { ...fields, 'rateCard[0].price': 'dear' });
    expect(words(dear)).toContain('Not yet');
    expect(fieldsOf(await finance.get(`${home}/design`))).toEqual({ ...fields, _csrf: expect.any(String) });
  });

  it('saves the draft and its scenarios together, for who saw it last', async () => {
    const fields = { ...(await drafted()), 'rateCard[0].price': '1,700', 'outcomes[0].s2': '120' };
    expect((await finance.post(`${home}/design`, fields)).location).toBe(`${home}/design`);
    expect(words(await finance.get(`${home}/design`))).toContain(
      'North River Trust pays 34,000.00 136,000.00',
    );
    expect(words(await finance.get(`${home}/versions?from=1&to=2`))).toContain('£1,680.00 £1,700.00');
    const stale = await finance.post(`${home}/design`, fields);
    expect([stale.status, words(stale)]).toEqual([
      422,
      expect.stringContaining('Somebody changed the bond meanwhile'),
    ]);
  });
});
