import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from '../../src/checks.js';
import { addMonths } from '../../src/maths/day.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { untiedReports } from '../support/made-report.js';
import { award, foundCoalition, type Made, type TestCoalition } from '../support/coalition.js';
import { figuresOf, madeReport, tableOf } from '../support/finance-report.js';
import { ledgerText } from './ledger-text.js';

const ledgerFile = fileURLToPath(new URL('five-years.ledger.txt', import.meta.url));

let app: TestApp;
let coalition: TestCoalition;
let school: string;
let council: string;
let streamGrant: string;
let hillGrant: string;

beforeAll(async () => {
  app = await TestApp.start({ story: 'five years', now: '2027-01-04T09:00:00Z' });
});
afterAll(() => app?.stop());

interface Arrival {
  on: string;
  funderId: string;
  amount: string;
  earmarkGoalId?: string;
}

async function pledge(
  funderId: string,
  reference: string,
  amount: string,
  instalments: object[],
): Promise<void> {
  const { finance, poolId } = coalition;
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      ...{ funderId, reference, amount, signedOn: '2027-01-04', instalments },
    }),
  );
}

const yearly = (first: string, years: number, amount: string) =>
  Array.from({ length: years }, (_, year) => ({ dueOn: addMonths(first, 12 * year), amount }));

async function receive({ on, ...arrival }: Arrival, bankReference: string): Promise<Made> {
  const { finance, poolId } = coalition;
  return finance.must(
    finance.post<Made>(`/api/v1/pools/${poolId}/contributions`, {
      ...arrival,
      receivedOn: on,
      bankReference,
    }),
  );
}

/** Finance asks, others approve, finance settles: whatever is due. */
async function payWhatIsDue(paidOn: string): Promise<void> {
  const { finance, approver, secondApprover, poolId } = coalition;
  const due = await app.rows<{ id: string; reference: string; number: number }>(
    `SELECT i.id, g.reference, i.number FROM instalments i JOIN grants g ON g.id = i.grant_id
     WHERE i.pool_id = $1 AND i.state = 'due' ORDER BY i.due_on, g.reference`,
    [poolId],
  );
  for (const { id, reference, number } of due) {
    const asked = await finance.must(
      finance.post<Made & { approvalId: string }>(`/api/v1/instalments/${id}/release`),
    );
    for (const person of [approver, secondApprover]) {
      const approval = await person.must(
        person.get<{ state: string; contentHash: string }>(`/api/v1/approvals/${asked.approvalId}`),
      );
      if (approval.state !== 'open') continue;
      const { contentHash } = approval;
      await person.must(person.post(`/api/v1/approvals/${asked.approvalId}/approve`, { contentHash }));
    }
    await finance.must(
      finance.post(`/api/v1/disbursements/${asked.id}/settle`, {
        bankReference: `OUT ${reference}/${number}`,
        paidOn,
      }),
    );
  }
}

/** Stream reports a year by goal; the backbone sends the second one back once. */
async function reportTheYear(year: number): Promise<void> {
  const { partner, backbone } = coalition;
  interface Report extends Made {
    opening: { amount: string };
    received: { amount: string };
  }
  const [row] = await app.rows<{ id: string }>(
    `SELECT id FROM spend_reports WHERE grant_id = $1 AND number = $2`,
    [streamGrant, year - 2026],
  );
  const path = `/api/v1/spend-reports/${row!.id}`;
  const draft = await partner.must(partner.get<Report>(path));
  const lines = [{ goalId: school, amount: '76543.21', note: 'Two new evenings a week' }];
  const saved = await partner.send<Made>({
    ...{ method: 'PATCH', url: path, headers: { 'if-match': `"${draft.version}"` } },
    payload: { lines, story: `What ${year} made possible.` },
  });
  expect(saved.status).toBe(200);
  await partner.must(partner.post(`${path}/submit`));
  if (year === 2028) {
    await backbone.must(backbone.post(`${path}/return`, { comment: 'Please say more about the autumn.' }));
    await partner.must(partner.post(`${path}/submit`));
  }
  await backbone.must(backbone.post(`${path}/accept`));
}

describe('five years in one coalition', () => {
  it('three funders pledge, two grants are awarded, and a report is subscribed to', async () => {
    coalition = await foundCoalition(app, 'River Towns', { pool: { attributionRule: 'earmark_first' } });
    const { backbone, finance, poolId, north, south, stream, hill, id } = coalition;
    school = (
      await backbone.must(
        backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, {
          name: 'Ready for school',
          horizonOn: '2034-12-31',
        }),
      )
    ).id;
    council = (
      await backbone.must(
        backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, {
          name: 'Harbour Council',
          sector: 'public',
        }),
      )
    ).id;
    const host = await backbone.must(
      backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, {
        name: 'Tideway Foundation',
        sector: 'third',
      }),
    );
    const pool = await finance.must(finance.get<Made>(`/api/v1/pools/${poolId}`));
    const policies = { feeBasisPoints: 100, feeHostId: host.id, reserve: '5000.00' };
    expect((await finance.patch(`/api/v1/pools/${poolId}`, policies, pool.version)).status).toBe(200);
    await pledge(north, 'North 2027', '300000.00', yearly('2027-01-15', 5, '60000.00'));
    await pledge(south, 'South 2027', '150000.00', yearly('2027-03-01', 5, '30000.00'));
    await pledge(council, 'Council 2027', '100000.00', yearly('2027-06-01', 2, '50000.00'));
    streamGrant = await award(coalition, {
      ...{ organisationId: stream, reference: 'RT-01', title: 'Core support 2027–2031', amount: '400000.00' },
      ...{
        firstOn: '2027-01-31',
        everyMonths: 3,
        equalInstalments: 20,
        startOn: '2027-01-01',
        endOn: '2031-12-31',
      },
    });
    hillGrant = await award(coalition, {
      ...{
        organisationId: hill,
        reference: 'RT-02',
        title: 'Family visitors',
        amount: '90000.00',
        mode: 'earmarked',
      },
      ...{
        firstOn: '2028-04-01',
        everyMonths: 12,
        startOn: '2028-01-01',
        endOn: '2031-03-31',
        goalIds: [school],
      },
      ...{ slices: [{ percent: '40' }, { amount: '30000.00' }, { remaining: true }] },
    });
    await finance.must(
      finance.post(`/api/v1/pools/${poolId}/subscriptions`, {
        ...{ kind: 'poolPosition', formats: ['csv'], recipientIds: [finance.id] },
        recurrence: { every: 'quarter', on: 'lastBusinessDay', time: '17:00', timeZone: 'Europe/London' },
      }),
    );
  });

  it('money comes in and goes out, month by month; partners report; what is over is locked', async () => {
    const { finance, north, south } = coalition;
    const arrivals: Arrival[] = [
      ...yearly('2027-01-18', 5, '60000.00').map(({ dueOn, amount }) => ({
        on: dueOn,
        funderId: north,
        amount,
      })),
      ...yearly('2027-03-02', 5, '30000.00').map(({ dueOn, amount }) => ({
        on: dueOn,
        funderId: south,
        amount,
      })),
      ...yearly('2027-06-03', 2, '50000.00').map(({ dueOn, amount }) => ({
        ...{ on: dueOn, funderId: council, amount, earmarkGoalId: school },
      })),
    ].sort((a, b) => (a.on < b.on ? -1 : 1));
    for (let month = 0; month < 60; month += 1) {
      const day = addMonths('2027-01-20', month);
      await app.moveTo(`${day}T09:00:00Z`);
      for (const arrival of arrivals.filter(({ on }) => on > addMonths(day, -1) && on <= day)) {
        await receive(arrival, `IN ${arrival.on}`);
      }
      await app.moveTo(`${addMonths('2027-01-31', month)}T09:00:00Z`);
      await payWhatIsDue(addMonths('2027-01-31', month));
      if (day.slice(5, 7) === '01' && month > 0) {
        await reportTheYear(Number(day.slice(0, 4)) - 1);
        const through = `${Number(day.slice(0, 4)) - 1}-12-31`;
        await finance.must(finance.post(`/api/v1/pools/${coalition.poolId}/lock`, { through }));
      }
    }
    const paid = await app.rows<{ reference: string; state: string; paid: string }>(
      `SELECT g.reference, g.state, sum(d.amount)::text AS paid FROM grants g JOIN disbursements d ON d.grant_id = g.id
       WHERE d.state = 'settled' GROUP BY g.id ORDER BY g.reference`,
    );
    expect(paid).toEqual([
      { reference: 'RT-01', state: 'active', paid: '40000000' },
      { reference: 'RT-02', state: 'active', paid: '9000000' },
    ]);
  });

  it('a contribution that was booked by mistake is reversed by somebody else, once, with its reason', async () => {
    const { finance, south } = coalition;
    await app.moveTo('2032-01-05T09:00:00Z');
    const mistake = await receive({ on: '2032-01-05', funderId: south, amount: '123.45' }, 'IN twice');
    const undo = { reason: 'Booked twice', occurredOn: '2032-01-05' };
    const path = `/api/v1/contributions/${mistake.id}/reverse`;
    expect((await finance.post(path, undo)).status).toBe(403);
    const other = await app.person('Other finance officer');
    await app.seat(other, coalition.id, 'finance');
    await other.must(other.post(path, undo));
    expect((await other.post(path, undo)).status).toBe(409);
  });

  it('what is left is what came in less fees and payments, to the penny, and each funder’s share of it', async () => {
    const { finance, poolId } = coalition;
    const run = await madeReport(app, finance, poolId);
    expect(run.state).toBe('made');
    // 550,000 received, 1 % of it owed to the host, 490,000 paid.
    expect(figuresOf(run)).toMatchObject({
      cash: '60000.00',
      feesPayable: '5500.00',
      fundBalances: '54500.00',
      pledgesReceivable: '0.00',
      grantsOutstanding: '0.00',
      // 9,000 of it is restricted to the goal, and 5,000 is the reserve.
      availableToDisburse: '40500.00',
    });
    const balances = tableOf(run, 'funders').map(({ received, fees, paidOut, balance }) => [
      received,
      fees,
      paidOut,
      balance,
    ]);
    expect(balances).toEqual([
      ['100000.00', '1000.00', '90000.00', '9000.00'],
      ['300000.00', '3000.00', '269230.41', '27769.59'],
      ['150000.00', '1500.00', '130769.59', '17730.41'],
    ]);
  });

  it('four reports were accepted, twenty went out on schedule, and every one tied', async () => {
    const reports = await app.rows<{ state: string; closing: string }>(
      `SELECT state, closing::text FROM spend_reports WHERE grant_id = $1 AND state = 'accepted' ORDER BY number`,
      [streamGrant],
    );
    expect(reports.map(({ closing }) => closing)).toEqual(['345679', '691358', '1037037', '1382716']);
    const [sent] = await app.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM report_runs WHERE subscription_id IS NOT NULL AND state = 'made'`,
    );
    expect(sent!.count).toBe(20);
    expect(hillGrant).not.toBe(streamGrant);
  });

  it('ties in every finance report, whatever the day', async () => {
    const now = app.clock.now();
    const { untied, looked } = await untiedReports(app, coalition.finance, coalition.poolId, [
      { asOf: now, from: null, to: now.toISOString().slice(0, 10) },
      { asOf: new Date('2028-05-31T12:00:00Z'), from: '2027-06-01', to: '2028-05-31' },
    ]);
    expect(untied).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });

  it('every invariant holds', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('the ledger reads like this', async () => {
    const text = await ledgerText(app, coalition.poolId, 'GBP');
    process.stdout.write(`\n${text}\n`);
    if (process.env.WRITE_STORIES) writeFileSync(ledgerFile, text);
    expect(text).toBe(readFileSync(ledgerFile, 'utf8'));
  });
});
