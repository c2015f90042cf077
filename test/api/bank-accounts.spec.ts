import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import type { CheckResult } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Account {
  id: string;
  iban: string;
  standing: string;
  usableFrom: string | null;
  approvalId: string;
}
interface Approval {
  contentHash: string;
  content: Record<string, unknown>;
  poolId: string | null;
}

const british = { accountName: 'Stream Youth Work', iban: 'GB82 WEST 1234 5698 7654 32', bic: 'WESTGB2L' };
const belgian = { accountName: 'Stream in Belgium', iban: 'BE68 5390 0754 7034' };
const reason = 'Confirmed by telephone';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-24T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Account Towns ${coalitions}`);
});

const ofStream = () => `/api/v1/organisations/${coalition.stream}/bank-accounts`;

const propose = (by: Client, account: object = british) =>
  by.must(by.post<Account>(ofStream(), { ...account, reason }));

async function approve({ approvalId }: Account, by = coalition.approver): Promise<void> {
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await by.must(by.get<Approval>(address));
  await by.must(by.post(`${address}/approve`, { contentHash }));
}

const accounts = async (by: Client): Promise<Account[]> =>
  (await by.must(by.get<{ items: Account[] }>(ofStream()))).items;

const letters = () =>
  app.rows<{ to: string; subject: string; text: string }>(
    `SELECT to_address AS to, subject, text_body AS text FROM mail_messages WHERE template = 'payments.bankAccount'
       AND coalition_id = $1 ORDER BY id`,
    [coalition.id],
  );

describe('the bank account of a payee', () => {
  it('takes a second person and three days before it is paid to', async () => {
    const account = await propose(coalition.finance);
    expect(account).toMatchObject({ standing: 'proposed', usableFrom: null });
    await approve(account);
    expect((await accounts(coalition.finance))[0]).toMatchObject({
      standing: 'coolingOff',
      usableFrom: '2026-11-27',
    });
    await app.moveTo('2026-11-27T00:30:00Z');
    expect((await accounts(coalition.finance))[0]).toMatchObject({ standing: 'inUse' });
  });

  it('is one at a time: another follows it when its own days are over, and the first stays in the history', async () => {
    await approve(await propose(coalition.finance));
    await app.moveTo('2026-12-01T09:00:00Z');
    await approve(await propose(coalition.partner, belgian));
    expect((await accounts(coalition.finance)).map(({ standing }) => standing)).toEqual([
      'coolingOff',
      'inUse',
    ]);
    await app.moveTo('2026-12-04T09:00:00Z');
    expect((await accounts(coalition.finance)).map(({ standing }) => standing)).toEqual([
      'inUse',
      'replaced',
    ]);
  });

  it('is told to those who speak for the payee at once, without the whole number', async () => {
    const account = await propose(coalition.finance);
    expect(await letters()).toEqual([
      expect.objectContaining({
        to: coalition.partner.email,
        subject: 'Somebody asks to pay Stream Youth Work to another bank account',
      }),
    ]);
    await approve(account);
    const [, second] = await letters();
    expect(second).toMatchObject({ subject: 'Stream Youth Work will be paid to another bank account' });
    expect(second!.text).toContain('27 Nov 2026');
    expect(second!.text).toContain('GB82 •••• 5432');
    expect((await letters()).some(({ text }) => text.includes('12345698'))).toBe(false);
  });

  it('is refused where it is mistyped, naming the field', async () => {
    const sent = await coalition.finance.post<ProblemBody>(ofStream(), {
      ...{ ...british, iban: 'GB83 WEST 1234 5698 7654 32' },
      reason,
    });
    expect(sent.status).toBe(422);
    expect(sent.body.errors).toEqual([
      expect.objectContaining({
        pointer: '/iban',
        message: 'The check digits of the IBAN do not fit. One of its characters is mistyped.',
      }),
    ]);
    const nothing = await coalition.finance.post<ProblemBody>(ofStream(), { accountName: 'Stream', reason });
    expect(nothing.body.errors[0]!.pointer).toBe('/iban');
  });

  it('may be given by sort code, account number and BIC', async () => {
    const { finance } = coalition;
    const account = await propose(finance, {
      ...{ accountName: 'Stream', sortCode: '60-16-13', accountNumber: '31926819', bic: 'NWBKGB2L' },
    });
    expect(account.iban).toBe('GB29NWBK60161331926819');
  });

  it('waits alone: a second proposal is refused until the first is decided', async () => {
    await propose(coalition.finance);
    const second = await coalition.backbone.post<ProblemBody>(ofStream(), { ...belgian, reason });
    expect(second).toMatchObject({ status: 409, body: { code: 'stateForbids' } });
  });

  it('is shown in full to those who pay and approve, masked to others, in the request too', async () => {
    const account = await propose(coalition.finance);
    expect(account.iban).toBe('GB82WEST12345698765432');
    for (const other of [coalition.backbone, coalition.funder, coalition.partner]) {
      expect((await accounts(other))[0]!.iban).toBe('GB82 •••• 5432');
    }
    const request = `/api/v1/approvals/${account.approvalId}`;
    const seenBy = async (person: Client) => (await person.must(person.get<Approval>(request))).content.iban;
    expect(await seenBy(coalition.approver)).toBe('GB82WEST12345698765432');
    expect(await seenBy(coalition.funder)).toBe('GB82 •••• 5432');
  });

  it('of another organisation is not there for a partner', async () => {
    const { partner, finance, hill } = coalition;
    const ofHill = `/api/v1/organisations/${hill}/bank-accounts`;
    const account = await finance.must(finance.post<Account>(ofHill, { ...british, reason }));
    expect((await partner.get(ofHill)).status).toBe(404);
    expect((await partner.post(ofHill, { ...belgian, reason })).status).toBe(404);
    expect((await partner.get(`/api/v1/bank-accounts/${account.id}`)).status).toBe(404);
    const seen = await app.as(partner, (tx) => tx.rows(`SELECT id FROM bank_accounts`));
    expect(seen).toEqual([]);
  });

  it('cannot be approved by whoever proposed it', async () => {
    const { finance, id } = coalition;
    await app.seat(finance, id, 'approver');
    const { approvalId } = await propose(finance);
    const address = `/api/v1/approvals/${approvalId}`;
    const { contentHash } = await finance.must(finance.get<Approval>(address));
    expect(await finance.post(`${address}/approve`, { contentHash })).toMatchObject({
      status: 403,
      body: { code: 'makerIsChecker' },
    });
  });

  it('is stopped by one person, at once, and does not bring back the one before', async () => {
    const { partner, finance } = coalition;
    await approve(await propose(finance));
    await app.moveTo('2026-12-01T09:00:00Z');
    await approve(await propose(finance, belgian));
    await app.moveTo('2026-12-10T09:00:00Z');
    const [current] = await accounts(finance);
    await partner.must(partner.post(`/api/v1/bank-accounts/${current!.id}/stop`, { reason: 'Not ours' }));
    expect((await accounts(finance)).map(({ standing }) => standing)).toEqual(['stopped', 'replaced']);
  });

  it('that is stopped while it cools off leaves the one before in use', async () => {
    const { partner, finance } = coalition;
    await approve(await propose(finance));
    await app.moveTo('2026-12-01T09:00:00Z');
    const second = await propose(finance, belgian);
    await approve(second);
    await partner.must(partner.post(`/api/v1/bank-accounts/${second.id}/stop`, { reason: 'Not ours' }));
    await app.moveTo('2026-12-10T09:00:00Z');
    expect((await accounts(finance)).map(({ standing }) => standing)).toEqual(['stopped', 'inUse']);
    const again = await partner.post<ProblemBody>(`/api/v1/bank-accounts/${second.id}/stop`, { reason: 'x' });
    expect(again.status).toBe(409);
  });

  it('cannot be changed behind its approval', async () => {
    const { id } = await propose(coalition.finance);
    const changed = app.as(coalition.finance, (tx) =>
      tx.run(`UPDATE bank_accounts SET iban = 'BE68539007547034' WHERE id = $1`, [id]),
    );
    await expect(changed).rejects.toThrow(expect.objectContaining({ code: 'staleVersion' }));
    const approved = app.as(coalition.finance, (tx) =>
      tx.run(
        `UPDATE bank_accounts SET state = 'approved', approved_at = now(), usable_from = current_date WHERE id = $1`,
        [id],
      ),
    );
    await expect(approved).rejects.toThrow(expect.objectContaining({ code: 'ruleBroken' }));
  });
});

describe('verify', () => {
  it('holds every account to its approval and to its check digits', async () => {
    const broken: string[] = [];
    for (const { rule, sql } of checks) {
      const [result] = await app.rows<CheckResult>(sql);
      if (result!.broken > 0) broken.push(`${rule}: ${result!.example}`);
    }
    expect(broken).toEqual([]);
  });
});
