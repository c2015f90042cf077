import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { CONFIG } from '../../src/platform/tokens.js';
import type { Config } from '../../src/platform/config/config.js';
import type { Page } from '../../src/platform/http/list.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type Made, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let administrator: Client;
let goalId: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  administrator = await app.person('The administrator', { administrator: true });
  await fund(coalition, '60000.00');
  const { backbone, id } = coalition;
  for (const name of ['Ready for school', 'Work for the young', 'Homes that last']) {
    const goal = backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, { name, horizonOn: '2034-12-31' });
    goalId = (await backbone.must(goal)).id;
  }
});
afterAll(() => app?.stop());

/** Every page that is a list, and who reads it. */
const lists = (): [address: string, who: Client][] => {
  const { id, poolId, finance, stream } = coalition;
  return [
    ...[
      `/coalitions/${id}/people`,
      `/coalitions/${id}/organisations`,
      `/coalitions/${id}/goals`,
      `/coalitions/${id}/learning`,
      `/coalitions/${id}/search`,
      `/coalitions/${id}/grants`,
      `/coalitions/${id}/conditions`,
      `/coalitions/${id}/reports/all`,
      `/coalitions/${id}/payments/all`,
      `/pools/${poolId}/pledges`,
      `/pools/${poolId}/contributions`,
      `/pools/${poolId}/refunds`,
      `/pools/${poolId}/fees`,
      `/pools/${poolId}/bank-charges`,
      `/pools/${poolId}/ledger`,
      `/pools/${poolId}/finance-reports`,
      `/pools/${poolId}/subscriptions`,
      `/pools/${poolId}/bank`,
    ].map((address): [string, Client] => [address, finance]),
    [`/organisations/${stream}/bank-accounts`, finance],
    ['/approvals/all', finance],
    ['/administration/people', administrator],
    ['/administration/mails', administrator],
  ];
};

const plain = (text: string): string => text.replaceAll('&amp;', '&');

describe('every list of the API', () => {
  it('comes in pages: no route answers with an array of unknown length', () => {
    const document = openApiDocument(app.nest, app.nest.get<Config>(CONFIG));
    const bare = Object.entries(document.paths).filter(([, { get }]) => {
      const answer = get?.responses['200'];
      const schema = answer && 'content' in answer ? answer.content?.['application/json']?.schema : undefined;
      return schema !== undefined && 'type' in schema && schema.type === 'array';
    });
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('takes a limit, and goes on from its cursor to the last', async () => {
    const { backbone, id } = coalition;
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const address: string = `/api/v1/coalitions/${id}/goals?limit=2&sort=name${cursor && `&cursor=${cursor}`}`;
      const page: Page<{ name: string }> = await backbone.must(backbone.get<Page<{ name: string }>>(address));
      expect(page.total).toBe(3);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(['Homes that last', 'Ready for school', 'Work for the young']);
  });

  it('finds a part of a name, in whatever case, and takes its signs for themselves', async () => {
    const { backbone, id } = coalition;
    const named = async (part: string) => {
      const address = `/api/v1/coalitions/${id}/goals?name=${encodeURIComponent(part)}`;
      const { items } = await backbone.must(backbone.get<Page<{ name: string }>>(address));
      return items.map(({ name }) => name);
    };
    expect(await named('YOUNG')).toEqual(['Work for the young']);
    expect(await named('%')).toEqual([]);
    expect(await named('R_ady')).toEqual([]);
  });
});

describe('every list on a page', () => {
  it('exports all of it by a link, narrowed the same way', async () => {
    for (const [address, who] of lists()) {
      const { html } = await (await Browser.of(app, who)).get(address);
      const link = /href="([^"]*format=csv[^"]*)"/.exec(html)?.[1];
      expect([address, link]).toEqual([address, expect.stringContaining('/api/v1/')]);
      const { status, headers } = await who.get(plain(link!));
      expect([address, status, headers['content-type']]).toEqual([address, 200, 'text/csv; charset=utf-8']);
    }
  });

  it('is shown whole again when its filters are sent empty', async () => {
    for (const [address, who] of lists()) {
      const browser = await Browser.of(app, who);
      const { html } = await browser.get(address);
      const form = /<form class="tb-filters".*?<\/form>/s.exec(html)?.[0] ?? '';
      const names = [...form.matchAll(/name="([^"]+)"/g)].map(([, name]) => `${encodeURIComponent(name!)}=`);
      const again = await browser.get(`${address}?${names.join('&')}`);
      expect([address, again.status]).toEqual([address, 200]);
    }
  });
});

describe('a list of what somebody else gave', () => {
  it('shows a partner its own conditions and reports only', async () => {
    const { backbone, id, partner, hill } = coalition;
    const terms = { amount: '6000.00', firstOn: '2027-01-31', everyMonths: 12, equalInstalments: 3 };
    const theirs = await award(coalition, { ...terms, organisationId: hill, reference: 'G-HILL' });
    const own = await award(coalition, { ...terms, reference: 'G-OWN', goalIds: [goalId] });
    for (const grantId of [theirs, own]) {
      const condition = { kind: 'documentReceived', appliesFrom: '2027-01-01', subject: 'the agreement' };
      await backbone.must(backbone.post(`/api/v1/grants/${grantId}/conditions`, condition));
    }
    const references = async (who: Client) => {
      const address = `/api/v1/coalitions/${id}/conditions?state=open&sort=organisation`;
      const { items } = await who.must(who.get<Page<{ grantReference: string }>>(address));
      return items.map(({ grantReference }) => grantReference).toSorted();
    };
    expect(await references(partner)).toEqual(['G-OWN']);
    expect(await references(backbone)).toEqual(['G-HILL', 'G-OWN']);
    const towards = `/api/v1/coalitions/${id}/grants?goalId=${goalId}`;
    const { items } = await backbone.must(backbone.get<Page<{ reference: string }>>(towards));
    expect(items.map(({ reference }) => reference)).toEqual(['G-OWN']);
  });

  it('of accounts and mails is for administrators, by state and by name', async () => {
    const accounts = '/api/v1/administration/accounts?administrator=true&person=THE%20admin';
    const { items } = await administrator.must(administrator.get<Page<{ email: string }>>(accounts));
    expect(items.map(({ email }) => email)).toEqual([administrator.email]);
    const mails = '/api/v1/administration/mails?state=sent&createdOn.gte=2026-11-23';
    expect((await administrator.get<Page<unknown>>(mails)).status).toBe(200);
    expect((await coalition.finance.get(mails)).status).toBe(404);
  });
});
