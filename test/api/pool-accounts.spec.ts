import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import type { Page } from '../../src/platform/http/list.js';
import type { CheckResult } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, payFrom, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';

interface Account {
  id: string;
  iban: string;
  state: string;
  approvalId: string;
}

const first = { accountName: 'River Towns Fund', iban: 'GB29 NWBK 6016 1331 9268 19', bic: 'NWBKGB2L' };
const second = { accountName: 'River Towns Fund', iban: 'GB82 WEST 1234 5698 7654 32', bic: 'WESTGB2L' };
const reason = 'The host has moved the fund to another bank';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-24T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Pool Account Towns ${coalitions}`);
});

const inUse = () => `/api/v1/pools/${coalition.poolId}/bank-account`;
const all = () => `${inUse()}s`;
const propose = (account: object, by: Client = coalition.finance) =>
  by.post<Account & ProblemBody>(all(), { ...account, reason });
const states = async () => {
  const { items } = await coalition.finance.must(coalition.finance.get<Page<Account>>(all()));
  return items.map(({ iban, state }) => `${iban.slice(0, 2)}…${iban.slice(-2)} ${state}`);
};

async function decide(approvalId: string, by: Client, verdict: 'approve' | 'reject' = 'approve') {
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await by.must(by.get<{ contentHash: string }>(address));
  const why = verdict === 'reject' ? { reason: 'Nobody told me of it' } : {};
  return by.post<ProblemBody>(`${address}/${verdict}`, { contentHash, ...why });
}

describe('the account that a pool pays from', () => {
  it('is none until a second person agrees to it, and masked for those who do not pay', async () => {
    const { finance, funder, approver } = coalition;
    const { approvalId } = await finance.must(propose(first));
    expect((await finance.get(inUse())).status).toBe(404);
    await approver.must(decide(approvalId, approver));
    expect((await finance.must(finance.get<Account>(inUse()))).iban).toBe('GB29NWBK60161331926819');
    expect((await funder.must(funder.get<Account>(inUse()))).iban).toBe('GB29 •••• 6819');
    expect(await states()).toEqual(['GB…19 inUse']);
  });

  it('stays what it is while another is proposed, and when that is rejected', async () => {
    const { finance, approver } = coalition;
    await payFrom(coalition, first);
    const { approvalId } = await finance.must(propose(second));
    expect((await finance.must(finance.get<Account>(inUse()))).iban).toBe('GB29NWBK60161331926819');
    const again = await propose(second);
    expect([again.status, again.body.detail]).toEqual([
      409,
      'An account of the pool waits for approval already. Have it decided before you propose another.',
    ]);
    await approver.must(decide(approvalId, approver, 'reject'));
    expect(await states()).toEqual(['GB…32 rejected', 'GB…19 inUse']);
  });

  it('follows another once that is approved, and cannot be proposed again while it is in use', async () => {
    await payFrom(coalition, first);
    await payFrom(coalition, second);
    expect(await states()).toEqual(['GB…32 inUse', 'GB…19 replaced']);
    expect((await propose(second)).status).toBe(409);
    expect((await propose({ ...second, iban: 'GB82 WEST 1234 5698 7654 33' })).body).toMatchObject({
      errors: [{ pointer: '/iban' }],
    });
  });

  it('is not approved by who proposed it, with an approver’s seat either', async () => {
    const { finance, id, approver } = coalition;
    await app.seat(finance, id, 'approver');
    const { approvalId } = await finance.must(propose(first));
    expect((await decide(approvalId, finance)).body).toMatchObject({ code: 'makerIsChecker' });
    expect((await propose(first, approver)).status).toBe(403);
  });

  it('cannot be put in use, or changed, behind the application’s back', async () => {
    const { finance } = coalition;
    const { id } = await finance.must(propose(first));
    const used = app.as(finance, (tx) =>
      tx.run(`UPDATE pool_bank_accounts SET state = 'inUse' WHERE id = $1`, [id]),
    );
    await expect(used).rejects.toThrow(expect.objectContaining({ code: 'ruleBroken' }));
    const changed = app.as(finance, (tx) =>
      tx.run(`UPDATE pool_bank_accounts SET iban = 'BE68539007547034' WHERE id = $1`, [id]),
    );
    await expect(changed).rejects.toThrow(expect.objectContaining({ code: 'staleVersion' }));
    const born = app.as(finance, (tx) =>
      tx.run(
        `INSERT INTO approvals (coalition_id, subject_kind, subject_id, summary, content_hash, content, required, state,
           made_by, made_at)
         VALUES ($1, 'poolAccount', $2, 'Pay from it', 'x', '{}', 1, 'approved', $3, now())`,
        [coalition.id, id, finance.id],
      ),
    );
    await expect(born).rejects.toThrow(expect.objectContaining({ code: 'ruleBroken' }));
  });

  it('is proposed on a page that shows what is in use, what waits and what was before', async () => {
    await payFrom(coalition, first);
    const browser = await Browser.of(app, coalition.finance);
    const page = `/pools/${coalition.poolId}/bank-account`;
    const sent = await browser.submit(page, { ...second, reason });
    expect([sent.status, sent.location]).toEqual([303, page]);
    const { html } = await browser.get(page);
    expect(html).toContain('Proposed. Somebody else approves it now.');
    expect(html).toContain('Pays from');
    expect(html).toContain('To follow');
    expect(html).not.toContain('Propose another account');
    const [waiting] = await app.rows<{ id: string }>(
      `SELECT id FROM approvals WHERE coalition_id = $1 AND state = 'open'`,
      [coalition.id],
    );
    const asked = await (await Browser.of(app, coalition.approver)).get(`/approvals/${waiting!.id}`);
    expect(asked.html).toContain('Pay from GB82 •••• 5432 instead of GB29 •••• 6819');
    await sign(coalition, waiting!.id);
    expect(await states()).toEqual(['GB…32 inUse', 'GB…19 replaced']);
  });
});

describe('verify', () => {
  it('holds every account of a pool to its approval', async () => {
    const broken: string[] = [];
    for (const { rule, sql } of checks) {
      const [result] = await app.rows<CheckResult>(sql);
      if (result!.broken > 0) broken.push(`${rule}: ${result!.example}`);
    }
    expect(broken).toEqual([]);
  });
});
