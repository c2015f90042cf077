import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import type { CheckResult } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Approval {
  id: string;
  contentHash: string;
  required: number;
  given: number;
  state: string;
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Signing Towns ${coalitions}`, {
    pool: {
      approvalTiers: [
        { above: '10000.00', approvers: 2 },
        { above: '50000.00', approvers: 3 },
      ],
    },
  });
});

/** A request to release this amount, due on 1 December. */
async function request(amount: string): Promise<Approval> {
  const { finance } = coalition;
  await fund(coalition, '100000.00');
  const grant = await award(coalition, {
    ...{ amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 },
  });
  await app.moveTo('2026-12-01T08:00:00Z');
  const { instalments } = await finance.must(
    finance.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grant}`),
  );
  const payment = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/instalments/${instalments[0]!.id}/release`),
  );
  return read(payment.approvalId);
}

const read = (id: string): Promise<Approval> =>
  coalition.finance.must(coalition.finance.get<Approval>(`/api/v1/approvals/${id}`));
const approve = (by: Client, { id, contentHash }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/approve`, { contentHash });
const reject = (by: Client, { id, contentHash }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/reject`, { contentHash, reason: 'Not now' });
const withdraw = (by: Client, { id }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/withdraw`, { reason: 'By mistake' });

const happened = async (action: string): Promise<number> =>
  (
    await app.rows(`SELECT 1 FROM audit_events WHERE coalition_id = $1 AND action = $2`, [
      coalition.id,
      action,
    ])
  ).length;

async function seatApprovers(count: number): Promise<Client[]> {
  const people: Client[] = [];
  for (let number = 1; number <= count; number += 1) {
    const person = await app.person(`Approver ${coalitions}-${number}`);
    await app.seat(person, coalition.id, 'approver');
    people.push(person);
  }
  return people;
}

describe('the tiers of a pool', () => {
  it.each([
    ['10000.00', 1],
    ['10000.01', 2],
    ['50000.01', 3],
  ])('ask %s for %s', async (amount, required) => {
    expect((await request(amount)).required).toBe(required);
  });

  it('are refused where a higher amount takes no more people, naming the field', async () => {
    const { backbone, poolId } = coalition;
    const { version } = await backbone.must(backbone.get<{ version: number }>(`/api/v1/pools/${poolId}`));
    const refused = await backbone.patch<ProblemBody>(
      `/api/v1/pools/${poolId}`,
      {
        approvalTiers: [
          { above: '10.00', approvers: 3 },
          { above: '20.00', approvers: 2 },
        ],
      },
      version,
    );
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]!.pointer).toBe('/approvalTiers/1/approvers');
  });

  it('are shown as they hold', async () => {
    const { funder, poolId } = coalition;
    expect(await funder.must(funder.get(`/api/v1/pools/${poolId}`))).toMatchObject({
      approvalTiers: [
        { above: { amount: '10000.00', currency: 'GBP' }, approvers: 2 },
        { above: { amount: '50000.00', currency: 'GBP' }, approvers: 3 },
      ],
    });
  });

  it('take n of m: any of those with an approver’s seat, each once', async () => {
    const asked = await request('60000.00');
    const [third] = await seatApprovers(1);
    expect((await approve(coalition.approver, asked)).body).toMatchObject({ state: 'open', given: 1 });
    expect(await approve(coalition.approver, asked)).toMatchObject({ status: 409 });
    expect((await approve(third!, asked)).body).toMatchObject({ state: 'open', given: 2 });
    expect((await approve(coalition.secondApprover, asked)).body).toMatchObject({
      state: 'approved',
      given: 3,
    });
  });
});

describe('at the same moment', () => {
  it('100 approvers of one request release it once', async () => {
    const asked = await request('9000.00');
    const people = await seatApprovers(100);
    const answers = await Promise.all(people.map((person) => approve(person, asked)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(99);
    expect(await read(asked.id)).toMatchObject({ state: 'approved', given: 1 });
    expect(await happened('disbursement.approved')).toBe(1);
  });

  it('100 approvals of one person count once', async () => {
    const asked = await request('20000.00');
    const answers = await Promise.all(Array.from({ length: 100 }, () => approve(coalition.approver, asked)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await read(asked.id)).toMatchObject({ state: 'open', given: 1 });
  });

  it('approving, rejecting and taking back end a request once, in one way', async () => {
    for (let round = 0; round < 5; round += 1) {
      app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
      const asked = await request('500.00');
      const { approver, secondApprover, finance } = coalition;
      const answers = await Promise.all([
        approve(approver, asked),
        reject(secondApprover, asked),
        withdraw(finance, asked),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const { state } = await read(asked.id);
      const [payment] = await app.rows<{ state: string }>(
        `SELECT state FROM disbursements WHERE approval_id = $1`,
        [asked.id],
      );
      expect(payment!.state).toBe(state === 'approved' ? 'approved' : 'rejected');
    }
  });

  it('approving and changing what was asked for never release what was not seen', async () => {
    const asked = await request('700.00');
    const changed = app.as(coalition.finance, (tx) =>
      tx.run(`UPDATE approvals SET content_hash = 'other' WHERE id = $1`, [asked.id]),
    );
    const [approved, edit] = await Promise.allSettled([approve(coalition.approver, asked), changed]);
    expect(edit.status).toBe('rejected');
    expect(approved).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
    expect(await happened('disbursement.approved')).toBe(1);
  });
});

describe('verify', () => {
  it('holds every approval to its signatures', async () => {
    const broken: string[] = [];
    for (const { rule, sql } of checks) {
      const [result] = await app.rows<CheckResult>(sql);
      if (result!.broken > 0) broken.push(`${rule}: ${result!.example}`);
    }
    expect(broken).toEqual([]);
  });
});
