import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../src/platform/verify/check.js';
import type { CumulativeSpendAnswer } from '../../src/reporting/cumulative.dto.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { gbp, reportedGrant, type TestReports } from '../support/report.js';

let app: TestApp;
let world: TestReports;
let path: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  world = await reportedGrant(app, 'River Towns');
  path = `/api/v1/grants/${world.grantId}/cumulative-spend`;
  const { school, youth } = world;
  await world.save(1, {
    lines: [
      { goalId: school, amount: '1250.50' },
      { goalId: youth, amount: '7249.50' },
    ],
    story: 'It began.',
  });
  const { partner } = world.coalition;
  await partner.must(partner.post(world.address(1, 'submit')));
  await world.accept(1);
  await world.save(2, { lines: [{ goalId: youth, amount: '999.99' }], story: 'It goes on.' });
});
afterAll(() => app?.stop());

const read = (by = world.coalition.backbone) => by.must(by.get<CumulativeSpendAnswer>(path));

describe('what was reported of a grant in all', () => {
  it('shows periods as columns and goals as rows, and keeps a draft to its partner', async () => {
    const { periods, items, paid, notReported } = await read();
    expect(periods.map(({ to, state }) => [to, state])).toEqual([
      ['2027-03-31', 'accepted'],
      ['2027-06-30', 'draft'],
      ['2027-09-30', 'draft'],
      ['2027-12-31', 'draft'],
    ]);
    const none = { '2027-06-30': null, '2027-09-30': null, '2027-12-31': null };
    const row = (kind: string, goal: string | null, first: string, total = first) =>
      expect.objectContaining({
        kind,
        goal,
        amounts: { '2027-03-31': gbp(first), ...none },
        total: gbp(total),
      });
    expect(items).toEqual([
      row('opening', null, '0.00'),
      row('received', null, '10000.00'),
      row('goal', 'Ready for school', '1250.50'),
      row('goal', 'Somewhere to go', '7249.50'),
      row('spent', null, '8500.00'),
      row('closing', null, '1500.00'),
    ]);
    expect([paid, notReported]).toEqual([gbp('20000.00'), gbp('10000.00')]);
  });

  it('ties to the ledger: what is paid there is what the reports count and what they do not count yet', async () => {
    const [ledger] = await app.rows<{ paid: string }>(
      `SELECT sum(-p.amount)::text AS paid FROM disbursements d JOIN postings p ON p.entry_id = d.entry_id
       JOIN accounts a ON a.id = p.account_id AND a.kind = 'cash' WHERE d.grant_id = $1`,
      [world.grantId],
    );
    const { items, paid, notReported } = await read();
    const received = items.find(({ kind }) => kind === 'received')!.total;
    expect(ledger!.paid).toBe('2000000');
    expect(paid).toEqual(gbp('20000.00'));
    expect([received, notReported]).toEqual([gbp('10000.00'), gbp('10000.00')]);
  });

  it('is a table of the same figures as CSV and on its page, for those who see the grant', async () => {
    const { backbone, partner, id, hill } = world.coalition;
    const csv = await backbone.must(backbone.get<string>(`${path}?format=csv`));
    const [head, ...rows] = csv.split('\r\n');
    expect(head).toContain('kind,goalId,goal,amounts2027-03-31,amounts2027-03-31Currency');
    expect(rows[3]).toMatch(/^goal,[^,]+,Somewhere to go,7249\.50,GBP,/);
    const { html } = await (
      await Browser.of(app, partner)
    ).get(`/grants/${world.grantId}/reports/cumulative`);
    expect(html).toContain('The ledger says that £20,000.00 was paid. £10,000.00 of it is not reported yet');
    expect(html).toContain('7,249.50');
    expect(html).not.toContain('999.99');
    const other = await app.person('Hilda');
    await app.seat(other, id, 'partner', hill);
    expect((await other.get(path)).status).toBe(404);
    expect(
      (await (await Browser.of(app, other)).get(`/grants/${world.grantId}/reports/cumulative`)).status,
    ).toBe(404);
  });

  it('counts a corrected report once', async () => {
    const { partner, backbone } = world.coalition;
    const begun = await partner.must(
      partner.post<{ id: string; version: number }>(world.address(1, 'correct'), { reason: 'Booked twice.' }),
    );
    const at = `/api/v1/spend-reports/${begun.id}`;
    await partner.must(
      partner.patch(at, { lines: [{ goalId: world.youth, amount: '7000.00' }] }, begun.version),
    );
    await partner.must(partner.post(`${at}/submit`));
    await backbone.must(backbone.post(`${at}/accept`));
    const { items, periods } = await read();
    expect(periods).toHaveLength(4);
    expect(items.map(({ goal, kind, total }) => [goal ?? kind, total.amount])).toEqual([
      ['opening', '0.00'],
      ['received', '10000.00'],
      ['Somewhere to go', '7000.00'],
      ['spent', '7000.00'],
      ['closing', '3000.00'],
    ]);
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});
