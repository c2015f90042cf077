import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { writeEntry } from '../support/learning.js';
import { award, foundCoalition, fund, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;

/** 18,000.00 received and 4,000.00 promised; 15,000.00 and 9,000.00 are due on 1 December: the second is held. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'Mill Towns');
  const { finance, poolId, north } = coalition;
  await fund(coalition, '18000.00');
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      funderId: north,
      reference: 'P-north',
      amount: '9000.00',
      signedOn: '2026-11-23',
      instalments: [
        { dueOn: '2026-11-27', amount: '4000.00' },
        { dueOn: '2026-12-20', amount: '5000.00' },
      ],
    }),
  );
  for (const amount of ['15000.00', '9000.00']) {
    await award(coalition, { amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 });
  }
  await app.moveTo('2026-12-02T08:00:00Z');
});
afterAll(() => app?.stop());

const words = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Each line of what needs somebody, and where it leads. */
const needs = ({ html }: Page): string[] =>
  [...html.matchAll(/<a class="tb-attention-item[^"]*" href="([^"]+)">(.*?)<\/a>/gs)].map(
    ([, href, line]) => `${words(line!)} → ${href}`,
  );

const seen = async (person: Client, path: string): Promise<Page> => (await Browser.of(app, person)).get(path);

describe('the coalitions of a funder', () => {
  it('show what each has learnt last, and lead there', async () => {
    const { funder, partner, backbone } = coalition;
    expect((await seen(funder, '/')).html).toContain('nothing yet');
    const early = { title: 'Ask early', happenedOn: '2026-11-02' };
    const last = { title: 'Ask <twice>', happenedOn: '2026-11-20' };
    const ids: string[] = [];
    for (const entry of [last, early, { title: 'Not so', happenedOn: '2026-11-21' }])
      ids.push((await partner.must(writeEntry(coalition, partner, entry))).id);
    await partner.must(
      partner.post(`/api/v1/learning-entries/${ids[2]!}/withdraw`, { reason: 'It was not' }),
    );
    const { html } = await seen(funder, '/');
    expect(html).toContain(`<a href="/learning-entries/${ids[0]!}">Ask &lt;twice></a>`);
    expect(html).not.toContain('Ask early');
    const portfolio = await backbone.must(
      backbone.get<{ coalitions: { lastLearning: object }[] }>('/api/v1/portfolio'),
    );
    expect(portfolio.coalitions[0]!.lastLearning).toEqual({ id: ids[0], ...last });
  });
});

describe('what needs somebody', () => {
  it('is money to ask for, money that is short and promises that are late, for finance', async () => {
    const page = await seen(coalition.finance, `/coalitions/${coalition.id}`);
    expect(needs(page)).toEqual([
      `1 payment to ask for due 1 Dec 2026 yesterday → /coalitions/${coalition.id}/payments`,
      `1 instalment held due 1 Dec 2026 yesterday → /coalitions/${coalition.id}/payments`,
      expect.stringMatching(
        /^1 pledge instalment late due 27 Nov 2026 5 days ago → \/pledges\/[0-9a-f-]{36}$/,
      ),
    ]);
  });

  it("is a funder's own promises: those that are late, and those of the next 30 days", async () => {
    const page = await seen(coalition.funder, '/');
    expect(needs(page)).toEqual([
      expect.stringMatching(
        /^1 pledge instalment late Mill Towns · due 27 Nov 2026 5 days ago → \/pledges\//,
      ),
      expect.stringMatching(
        /^1 pledge instalment to pay Mill Towns · due 20 Dec 2026 in 18 days → \/pledges\//,
      ),
    ]);
  });

  it('is a request that somebody else made, for each approver who has not signed it yet', async () => {
    const { finance, approver } = coalition;
    expect(needs(await seen(approver, '/'))).toEqual([]);
    const [due] = await app.rows<{ id: string }>(`SELECT id FROM instalments WHERE state = 'due'`);
    const { approvalId } = await finance.must(
      finance.post<{ approvalId: string }>(`/api/v1/instalments/${due!.id}/release`),
    );
    expect(needs(await seen(approver, '/'))).toEqual([
      `1 request to approve Mill Towns · asked for 2 Dec 2026 today → /approvals/${approvalId}`,
    ]);
    expect(needs(await seen(finance, '/')).join()).not.toContain('to ask for');
    const { contentHash } = await approver.must(
      approver.get<{ contentHash: string }>(`/api/v1/approvals/${approvalId}`),
    );
    await approver.must(approver.post(`/api/v1/approvals/${approvalId}/approve`, { contentHash }));
    expect(needs(await seen(approver, '/'))).toEqual([]);
  });

  it("is a partner's own reports, and no money of others", async () => {
    expect(needs(await seen(coalition.partner, '/'))).toEqual([]);
    await app.moveTo('2027-12-15T08:00:00Z');
    expect(needs(await seen(coalition.partner, `/coalitions/${coalition.id}`))).toEqual([
      `2 reports to hand in first due 30 Dec 2027 in 15 days → /coalitions/${coalition.id}/reports`,
    ]);
  });

  it('is nothing in a coalition that one has no seat in', async () => {
    const stranger = await foundCoalition(app, 'Other Towns');
    expect(needs(await seen(stranger.finance, '/'))).toEqual([]);
  });
});

describe('all my coalitions', () => {
  it("add up to a funder's own figures, which the table below breaks down", async () => {
    const html = words((await seen(coalition.funder, '/')).html);
    expect(html).toContain('Pledged £27,000.00 by my organisation');
    expect(html).toContain('Received £18,000.00 66.7% of what is pledged');
    expect(html).toMatch(/Mill Towns Funder Mill Towns Fund \(GBP\) 27,000\.00 18,000\.00/);
  });
});
