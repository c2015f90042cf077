import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  fund,
  type Made,
  type ProblemBody,
  sign,
  type TestCoalition,
} from '../support/coalition.js';

interface Overhead {
  rate: string;
  direct: { amount: string };
  indirect: { amount: string };
}
interface Amendment {
  id: string;
  approvalId: string;
  overheadBefore: Overhead | null;
  overheadAfter: Overhead | null;
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;

const terms = {
  ...{ amount: '10700.00', overheadRate: '0.070', startOn: '2026-12-01', endOn: '2028-11-30' },
  ...{ firstOn: '2026-12-31', everyMonths: 12, equalInstalments: 2 },
};

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '50000.00');
  grantId = await award(coalition, terms);
});
afterAll(() => app?.stop());

const read = () =>
  coalition.partner.must(coalition.partner.get<{ overhead: Overhead | null }>(`/api/v1/grants/${grantId}`));
const split = (overhead: Overhead | null) =>
  overhead && [overhead.rate, overhead.direct.amount, overhead.indirect.amount];
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the overhead rate of a grant', () => {
  it('splits the award into direct and indirect costs, and is kept as it was typed', async () => {
    expect(split((await read()).overhead)).toEqual(['0.070', '10000.00', '700.00']);
  });

  it('is looked at before anything is saved', async () => {
    const { backbone, poolId } = coalition;
    const { amount, firstOn, everyMonths, equalInstalments } = terms;
    const schedule = { amount, firstOn, everyMonths, equalInstalments };
    const preview = (more: object) =>
      backbone.must(
        backbone.post<{ overhead: Overhead | null }>(`/api/v1/pools/${poolId}/grants/preview`, {
          ...schedule,
          ...more,
        }),
      );
    expect(split((await preview({ overheadRate: '0.15' })).overhead)).toEqual(['0.15', '9304.35', '1395.65']);
    expect((await preview({})).overhead).toBeNull();
  });

  it('splits every version of the award, and what was kept of one stays', async () => {
    const { finance } = coalition;
    const path = `/api/v1/grants/${grantId}/amendments`;
    const asked = await finance.must(
      finance.post<Amendment>(path, { kind: 'topUp', award: '12840.00', reason: 'A second group' }),
    );
    await sign(coalition, asked.approvalId);
    expect(split((await read()).overhead)).toEqual(['0.070', '12000.00', '840.00']);
    const cut = await finance.must(
      finance.post<Amendment>(path, { kind: 'cut', award: '5000.00', reason: 'Less is needed' }),
    );
    await sign(coalition, cut.approvalId);
    expect(split((await read()).overhead)).toEqual(['0.070', '4672.90', '327.10']);
    const { items } = await finance.must(finance.get<{ items: Amendment[] }>(path));
    expect(
      items.map(({ overheadBefore, overheadAfter }) => [split(overheadBefore), split(overheadAfter)]),
    ).toEqual([
      [
        ['0.070', '12000.00', '840.00'],
        ['0.070', '4672.90', '327.10'],
      ],
      [
        ['0.070', '10000.00', '700.00'],
        ['0.070', '12000.00', '840.00'],
      ],
    ]);
  });

  it.each(['-0.07', 'seven', '7%'])('is refused as “%s”', async (overheadRate) => {
    const { backbone, poolId, stream } = coalition;
    const refused = await backbone.post<ProblemBody>(`/api/v1/pools/${poolId}/grants`, {
      ...terms,
      ...{ organisationId: stream, reference: 'G-X', title: 'Core support', mode: 'flexible', overheadRate },
      ...{ reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
    });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([400, '/overheadRate']);
  });

  it('is typed in per cent, previewed, saved, and shown on the page of the grant', async () => {
    const browser = await Browser.of(app, coalition.backbone);
    const form = `/pools/${coalition.poolId}/grants/new`;
    const typed = {
      ...{ organisationId: coalition.hill, reference: 'G-P', title: 'Visitors', mode: 'flexible' },
      ...{ startOn: '2027-01-01', endOn: '2027-12-31', amount: '1,000', firstOn: '2027-01-31' },
      ...{ everyMonths: '12', equalInstalments: '1', overheadPercent: '12.5' },
      ...{ reportingFrequency: 'yearly', reportingDueAfterDays: '30' },
    };
    const preview = await browser.submit(`/pools/${coalition.poolId}/grants/preview`, typed, form);
    expect(words(preview.html)).toContain('£888.89 for direct costs, £111.11 for overhead');
    const saved = await browser.submit(`/pools/${coalition.poolId}/grants`, typed, form);
    const page = words((await browser.get(saved.location!)).html);
    expect(page).toMatch(
      /Overhead rate 12.5 % of direct costs.*Direct costs £888.89.*Indirect costs £111.11/,
    );
    expect((await browser.get(`${saved.location!}/edit`)).html).toMatch(
      /name="overheadPercent"[^>]*value="12.5"/,
    );
  });

  it('may be left out: then nothing is split', async () => {
    const { backbone, poolId } = coalition;
    const { overheadRate: _, ...without } = terms;
    const { id } = await backbone.must(
      backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, {
        ...without,
        ...{ organisationId: coalition.hill, reference: 'G-N', title: 'Core support', mode: 'flexible' },
        ...{ reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
      }),
    );
    const { overhead } = await backbone.must(
      backbone.get<{ overhead: Overhead | null }>(`/api/v1/grants/${id}`),
    );
    expect(overhead).toBeNull();
  });
});
