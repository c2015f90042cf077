import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { paymentsChecks } from '../../src/payments/payments.checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Instalment {
  id: string;
  number: number;
  state: string;
  holdReasons: string[];
}
interface Disbursement {
  id: string;
  state: string;
  approvalId: string;
  entryId: string | null;
}
interface Approval {
  id: string;
  state: string;
  contentHash: string;
  required: number;
  given: number;
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
  coalition = await foundCoalition(app, `River Towns ${coalitions}`);
});

const instalments = async (grantId: string): Promise<Instalment[]> =>
  (
    await coalition.backbone.must(
      coalition.backbone.get<{ instalments: Instalment[] }>(`/api/v1/grants/${grantId}`),
    )
  ).instalments;

/** A grant of one instalment that is due. */
async function dueInstalment(amount: string): Promise<Instalment> {
  const grantId = await award(coalition, {
    amount,
    firstOn: '2026-12-01',
    everyMonths: 12,
    equalInstalments: 1,
  });
  await app.moveTo('2026-12-01T08:00:00Z');
  return (await instalments(grantId))[0]!;
}

async function release(instalmentId: string): Promise<{ disbursement: Disbursement; approval: Approval }> {
  const { finance } = coalition;
  const disbursement = await finance.must(
    finance.post<Disbursement>(`/api/v1/instalments/${instalmentId}/release`),
  );
  const approval = await finance.must(finance.get<Approval>(`/api/v1/approvals/${disbursement.approvalId}`));
  return { disbursement, approval };
}

describe('an instalment', () => {
  it("comes due at the start of its day in the coalition's time zone, not before", async () => {
    coalition = await foundCoalition(app, 'Rift Valley', {
      coalition: { timeZone: 'Africa/Nairobi', holidays: 'KE', businessDay: 'following' },
    });
    await fund(coalition, '1000.00');
    const grantId = await award(coalition, {
      amount: '100.00',
      firstOn: '2027-07-01',
      everyMonths: 1,
      equalInstalments: 1,
    });
    await app.moveTo('2027-06-30T20:59:59Z');
    expect((await instalments(grantId))[0]!.state).toBe('planned');
    await app.moveTo('2027-06-30T21:00:00Z');
    expect((await instalments(grantId))[0]!.state).toBe('due');
  });

  it('comes due at midnight in summer time too, an hour before midnight in UTC', async () => {
    await fund(coalition, '1000.00');
    const grantId = await award(coalition, {
      amount: '100.00',
      firstOn: '2027-07-01',
      everyMonths: 1,
      equalInstalments: 1,
    });
    await app.moveTo('2027-06-30T22:59:59Z');
    expect((await instalments(grantId))[0]!.state).toBe('planned');
    await app.moveTo('2027-06-30T23:00:00Z');
    expect((await instalments(grantId))[0]!.state).toBe('due');
  });

  it('is held for lack of cash, saying by how much, and released from hold when the money comes', async () => {
    await fund(coalition, '700.00');
    const { finance, poolId, south } = coalition;
    await finance.must(
      finance.post(`/api/v1/pools/${poolId}/pledges`, {
        ...{ funderId: south, reference: 'S-1', amount: '900.00', signedOn: '2026-11-01' },
        instalments: [{ dueOn: '2026-12-15', amount: '900.00' }],
      }),
    );
    const grantId = await award(coalition, {
      amount: '1500.00',
      firstOn: '2026-12-01',
      everyMonths: 1,
      equalInstalments: 3,
    });
    await app.moveTo('2027-01-04T08:00:00Z');
    expect((await instalments(grantId)).map(({ state, holdReasons }) => [state, holdReasons])).toEqual([
      ['due', []],
      ['held', ['short by £300.00']],
      ['planned', []],
    ]);
    await finance.must(
      finance.post(`/api/v1/pools/${poolId}/contributions`, {
        ...{ funderId: south, amount: '900.00', receivedOn: '2027-01-04', bankReference: 'S-PAID' },
      }),
    );
    await app.drain();
    expect((await instalments(grantId)).map(({ state }) => state)).toEqual(['due', 'due', 'planned']);
  });
});

describe('a release', () => {
  it('above the threshold takes two others; the money is attributed to its funders to the penny', async () => {
    await fund(coalition, '20000.00');
    await fund(coalition, '10000.01', { funderId: coalition.south });
    const { finance, approver, secondApprover } = coalition;
    const instalment = await dueInstalment('15000.00');
    const { disbursement, approval } = await release(instalment.id);
    expect([approval.required, approval.state]).toEqual([2, 'open']);

    const { contentHash } = approval;
    const approve = `/api/v1/approvals/${approval.id}/approve`;
    const first = await approver.must(approver.post<Approval>(approve, { contentHash }));
    expect([first.given, first.state]).toEqual([1, 'open']);
    expect((await approver.post<ProblemBody>(approve, { contentHash })).status).toBe(409);
    const second = await secondApprover.must(secondApprover.post<Approval>(approve, { contentHash }));
    expect([second.given, second.state]).toEqual([2, 'approved']);

    const paid = { bankReference: 'OUT-1', paidOn: '2026-12-01' };
    await finance.must(finance.post(`/api/v1/disbursements/${disbursement.id}/settle`, paid));
    const seen = await finance.must(
      finance.get<Disbursement & { parts: { funder: string; amount: { amount: string } }[] }>(
        `/api/v1/disbursements/${disbursement.id}`,
      ),
    );
    expect(seen.state).toBe('settled');
    // 15,000 × 20,000 / 30,000.01 = 9,999.9966…, and 5,000.0033…: the odd penny goes to the largest remainder.
    expect(seen.parts.map(({ funder, amount }) => [funder, amount.amount])).toEqual([
      ['North River Trust', '10000.00'],
      ['South Bank Fund', '5000.00'],
    ]);
  });

  it('is never approved by who asked for it, whatever their roles', async () => {
    await fund(coalition, '500.00');
    await app.seat(coalition.finance, coalition.id, 'approver');
    const { approval } = await release((await dueInstalment('500.00')).id);
    const refused = await coalition.finance.post<ProblemBody>(`/api/v1/approvals/${approval.id}/approve`, {
      contentHash: approval.contentHash,
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'makerIsChecker']);
  });

  it('is approved only as it was seen', async () => {
    await fund(coalition, '500.00');
    const { approval } = await release((await dueInstalment('500.00')).id);
    const refused = await coalition.approver.post<ProblemBody>(`/api/v1/approvals/${approval.id}/approve`, {
      contentHash: 'f'.repeat(64),
    });
    expect([refused.status, refused.body.code]).toEqual([412, 'staleVersion']);
  });

  it('that was changed after it was asked for cannot be approved', async () => {
    await fund(coalition, '500.00');
    const instalment = await dueInstalment('500.00');
    const { approval } = await release(instalment.id);
    await app.rows(`UPDATE instalments SET amount = amount + 1 WHERE id = $1`, [instalment.id]);
    const refused = await coalition.approver.post<ProblemBody>(`/api/v1/approvals/${approval.id}/approve`, {
      contentHash: approval.contentHash,
    });
    expect([refused.status, refused.body.code]).toEqual([412, 'staleVersion']);
    await app.rows(`UPDATE instalments SET amount = amount - 1 WHERE id = $1`, [instalment.id]);
  });

  it('is refused at the last signature when the cash has gone meanwhile, and nothing is changed', async () => {
    await fund(coalition, '500.00');
    const { approval } = await release((await dueInstalment('500.00')).id);
    await app.rows(`UPDATE pools SET reserve = 12000 WHERE id = $1`, [coalition.poolId]);
    const refused = await coalition.approver.post<ProblemBody>(`/api/v1/approvals/${approval.id}/approve`, {
      contentHash: approval.contentHash,
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'insufficientFunds']);
    expect(refused.body.detail).toContain('short by £120.00');
    const { finance } = coalition;
    const after = await finance.must(finance.get<Approval>(`/api/v1/approvals/${approval.id}`));
    expect([after.given, after.state]).toEqual([0, 'open']);
  });

  it('that is rejected leaves the instalment due, to be asked for again', async () => {
    await fund(coalition, '500.00');
    const instalment = await dueInstalment('500.00');
    const { approval } = await release(instalment.id);
    const { approver } = coalition;
    await approver.must(
      approver.post(`/api/v1/approvals/${approval.id}/reject`, {
        contentHash: approval.contentHash,
        reason: 'Wrong payee',
      }),
    );
    const again = await release(instalment.id);
    expect(again.disbursement.state).toBe('proposed');
    expect((await coalition.finance.post(`/api/v1/instalments/${instalment.id}/release`)).status).toBe(409);
  });

  it('approved and settled many times at once is paid once', async () => {
    await fund(coalition, '500.00');
    const instalment = await dueInstalment('500.00');
    const { disbursement, approval } = await release(instalment.id);
    const { approver, secondApprover, finance } = coalition;
    const { contentHash } = approval;
    const approvals = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? approver : secondApprover).post(`/api/v1/approvals/${approval.id}/approve`, {
          contentHash,
        }),
      ),
    );
    expect(approvals.filter(({ status }) => status === 200)).toHaveLength(1);
    const settles = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        finance.post(`/api/v1/disbursements/${disbursement.id}/settle`, {
          ...{ bankReference: `OUT-${instalment.id}-${index}`, paidOn: '2026-12-01' },
        }),
      ),
    );
    expect(settles.filter(({ status }) => status === 200)).toHaveLength(1);
    const [cash] = await app.rows<{ balance: string }>(
      `SELECT balance::text FROM accounts WHERE pool_id = $1 AND kind = 'cash'`,
      [coalition.poolId],
    );
    expect(cash!.balance).toBe('0');
  });

  it('repeated with the same key is answered as the first time, and done once', async () => {
    await fund(coalition, '500.00');
    const instalment = await dueInstalment('500.00');
    const key = { 'idempotency-key': 'the same' };
    const { finance } = coalition;
    const first = await finance.post<Disbursement>(
      `/api/v1/instalments/${instalment.id}/release`,
      undefined,
      key,
    );
    const second = await finance.post<Disbursement>(
      `/api/v1/instalments/${instalment.id}/release`,
      undefined,
      key,
    );
    expect([first.status, second.status, second.headers['idempotency-replayed']]).toEqual([201, 201, 'true']);
    expect(second.body.id).toBe(first.body.id);
  });

  it('settled again with the same key is answered as the first time; with another key it is refused', async () => {
    await fund(coalition, '500.00');
    const instalment = await dueInstalment('500.00');
    const { disbursement, approval } = await release(instalment.id);
    const { approver, finance } = coalition;
    const { contentHash } = approval;
    await approver.must(approver.post(`/api/v1/approvals/${approval.id}/approve`, { contentHash }));
    const settle = (key: string) =>
      finance.post<Disbursement>(
        `/api/v1/disbursements/${disbursement.id}/settle`,
        { bankReference: `ONCE-${instalment.id}`, paidOn: '2026-12-01' },
        { 'idempotency-key': key },
      );
    const [first, again, other] = [await settle('one'), await settle('one'), await settle('two')];
    expect([first.status, again.status, other.status]).toEqual([200, 200, 409]);
    expect(again.body).toEqual(first.body);
  });

  it('of another coalition is not there at all', async () => {
    await fund(coalition, '500.00');
    const { disbursement, approval } = await release((await dueInstalment('500.00')).id);
    const { approver, finance } = await foundCoalition(app, `Elsewhere ${coalitions}`);
    const { contentHash } = approval;
    const answers = [
      await finance.get(`/api/v1/disbursements/${disbursement.id}`),
      await finance.get(`/api/v1/approvals/${approval.id}`),
      await approver.post(`/api/v1/approvals/${approval.id}/approve`, { contentHash }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    const mine = await approver.must(approver.get<{ total: number }>('/api/v1/approvals'));
    expect(mine.total).toBe(0);
  });

  it.each([
    ['/paidOn', { bankReference: 'X', paidOn: '2027-12-01' }],
    ['/paidOn', { bankReference: 'X', paidOn: '2026-02-30' }],
    ['/bankReference', { bankReference: '', paidOn: '2026-12-01' }],
  ])('is not settled when %s is wrong', async (pointer, wrong) => {
    await fund(coalition, '500.00');
    const { disbursement, approval } = await release((await dueInstalment('500.00')).id);
    const { approver, finance } = coalition;
    const { contentHash } = approval;
    await approver.must(approver.post(`/api/v1/approvals/${approval.id}/approve`, { contentHash }));
    const refused = await finance.post<ProblemBody>(`/api/v1/disbursements/${disbursement.id}/settle`, wrong);
    expect(refused.body.errors.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe('a locked period', () => {
  it('takes nothing any more, and moving the lock back takes two people', async () => {
    const { finance, approver, poolId, north } = coalition;
    await finance.must(finance.post(`/api/v1/pools/${poolId}/lock`, { through: '2026-10-31' }));
    const contribution = { funderId: north, amount: '5.00', receivedOn: '2026-10-31', bankReference: 'LATE' };
    const refused = await finance.post<ProblemBody>(`/api/v1/pools/${poolId}/contributions`, contribution);
    expect([refused.status, refused.body.code]).toEqual([409, 'periodLocked']);

    const asked = await finance.must(
      finance.post<Approval>(`/api/v1/pools/${poolId}/unlock`, {
        through: '2026-09-30',
        reason: 'A late statement',
      }),
    );
    expect((await finance.post(`/api/v1/pools/${poolId}/contributions`, contribution)).status).toBe(409);
    const { contentHash } = asked;
    await approver.must(approver.post(`/api/v1/approvals/${asked.id}/approve`, { contentHash }));
    expect((await finance.post(`/api/v1/pools/${poolId}/contributions`, contribution)).status).toBe(201);
  });
});

describe('the books after all of this', () => {
  it('hold: each payment was approved as it was asked for, and is what left the bank', async () => {
    const results = await runChecks(paymentsChecks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(results.filter(({ rule, examined }) => !rule.includes('unlocked') && examined === 0)).toEqual([]);
  });

  it('say so when an approval, or the payment it is for, is not what was signed', async () => {
    await app.asSuperuser(`
      SET session_replication_role = replica;
      UPDATE approvals SET content = jsonb_set(content, '{payeeId}', '"somebody else"')
        WHERE id = (SELECT min(approval_id::text)::uuid FROM disbursements WHERE state = 'settled');
      UPDATE postings SET amount = amount - 1 WHERE id = (
        SELECT min(p.id::text)::uuid FROM disbursements d JOIN postings p ON p.entry_id = d.entry_id
        JOIN accounts a ON a.id = p.account_id AND a.kind = 'cash' WHERE d.state = 'settled')`);
    const results = await runChecks(paymentsChecks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0).map(({ rule, broken }) => [rule, broken])).toEqual([
      ['every settled payment is what left the cash account, and its funder parts sum to it', 1],
      ['every payment is of what was approved: instalment, grant, payee and amount', 1],
      ['the hash of every approval is that of its content', 1],
    ]);
  });
});
