import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { checks } from '../../src/checks.js';
import { endToEndId } from '../../src/payments/batches/end-to-end-id.js';
import type { CheckResult } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  payFrom,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface Batch {
  id: string;
  number: number;
  state: string;
  total: { amount: string; currency: string };
  count: number;
  paidCount: number;
  approvalId: string;
  lines: {
    disbursementId: string;
    iban: string;
    amount: { amount: string };
    endToEndId: string;
    state: string;
  }[];
  files: { format: string; sha256: string; sizeBytes: number }[];
}
interface Approval {
  contentHash: string;
  content: { controlSum: string; lines: { payee: string; iban: string; amount: string }[] };
}

const standards = '../shared/standards/iso20022';
const formats = ['pain.001.001.09', 'pain.001.001.03'];

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
  coalition = await foundCoalition(app, `Batch Towns ${coalitions}`);
  await payFrom(coalition, {
    accountName: 'Batch Töwns Fund',
    iban: 'GB29 NWBK 6016 1331 9268 19',
    bic: 'NWBKGB2L',
  });
});

async function approve(approvalId: string, by = coalition.approver): Promise<void> {
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await by.must(by.get<Approval>(address));
  await by.must(by.post(`${address}/approve`, { contentHash }));
}

/** Gives Stream an account that may be used from 26 November on. */
async function giveAccount(iban = 'BE68 5390 0754 7034'): Promise<{ id: string }> {
  const { finance, stream } = coalition;
  const account = await finance.must(
    finance.post<{ id: string; approvalId: string }>(`/api/v1/organisations/${stream}/bank-accounts`, {
      ...{ accountName: 'Stream Youth Work & Söhne', iban, reason: 'Confirmed by telephone' },
    }),
  );
  await approve(account.approvalId);
  return account;
}

/** Approved payments to Stream, on 1 December. Returns their ids. */
async function approvedPayments(...amounts: string[]): Promise<string[]> {
  const { finance } = coalition;
  await fund(coalition, '5000.00');
  const grants: string[] = [];
  for (const amount of amounts) {
    grants.push(
      await award(coalition, { amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 }),
    );
  }
  await app.moveTo('2026-12-01T08:00:00Z');
  const payments: string[] = [];
  for (const grant of grants) {
    const { instalments } = await finance.must(
      finance.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grant}`),
    );
    const payment = await finance.must(
      finance.post<{ id: string; approvalId: string }>(`/api/v1/instalments/${instalments[0]!.id}/release`),
    );
    await approve(payment.approvalId);
    payments.push(payment.id);
  }
  return payments;
}

const ask = (disbursementIds: string[], executionOn = '2026-12-02') =>
  coalition.finance.post<Batch & ProblemBody>(`/api/v1/pools/${coalition.poolId}/payment-batches`, {
    disbursementIds,
    executionOn,
  });
const make = (ids: string[]): Promise<Batch> => coalition.finance.must(ask(ids));
const read = (id: string): Promise<Batch> =>
  coalition.finance.must(coalition.finance.get<Batch>(`/api/v1/payment-batches/${id}`));
const act = (id: string, verb: string, body?: object) =>
  coalition.finance.post<Batch & ProblemBody>(`/api/v1/payment-batches/${id}/${verb}`, body);
const instalmentStates = async (): Promise<string[]> =>
  (
    await app.rows<{ state: string }>(
      `SELECT i.state FROM instalments i WHERE i.pool_id = $1 ORDER BY i.amount DESC`,
      [coalition.poolId],
    )
  ).map(({ state }) => state);

async function released(...amounts: string[]): Promise<Batch> {
  await giveAccount();
  const batch = await make(await approvedPayments(...amounts));
  await approve(batch.approvalId);
  return read(batch.id);
}

const download = async (batch: Batch, format: string): Promise<string> =>
  (await coalition.finance.get<string>(`/api/v1/payment-batches/${batch.id}/files/${format}`)).body;

describe('a payment batch', () => {
  it('gathers approved payments with their control sum, and is released by a second person', async () => {
    await giveAccount();
    const payments = await approvedPayments('1250.50', '49.50');
    const batch = await make(payments);
    expect(batch).toMatchObject({
      ...{ state: 'open', number: 1, count: 2, total: { amount: '1300.00', currency: 'GBP' }, files: [] },
    });
    expect(batch.lines.map(({ endToEndId: name }) => name).sort()).toEqual(payments.map(endToEndId).sort());
    const request = `/api/v1/approvals/${batch.approvalId}`;
    const { approver } = coalition;
    const { content } = await approver.must(approver.get<Approval>(request));
    expect(content.controlSum).toBe('1300.00');
    expect(content.lines.map(({ payee, iban }) => [payee, iban])).toEqual([
      ['Stream Youth Work', 'BE68539007547034'],
      ['Stream Youth Work', 'BE68539007547034'],
    ]);
    expect(await instalmentStates()).toEqual(['approved', 'approved']);
    await approve(batch.approvalId);
    expect((await read(batch.id)).state).toBe('released');
    expect(await instalmentStates()).toEqual(['inPayment', 'inPayment']);
  });

  it('cannot be released by who made it', async () => {
    await giveAccount();
    const batch = await make(await approvedPayments('10.00'));
    await app.seat(coalition.finance, coalition.id, 'approver');
    await expect(approve(batch.approvalId, coalition.finance)).rejects.toThrow('makerIsChecker');
  });

  it('is one file in two formats, valid, and the same bytes at each download', async () => {
    const batch = await released('1250.50', '49.50');
    expect(batch.files.map(({ format }) => format).sort()).toEqual([...formats].sort());
    for (const { format, sha256, sizeBytes } of batch.files) {
      const file = await download(batch, format);
      expect(await download(batch, format)).toBe(file);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
      expect(Buffer.byteLength(file)).toBe(sizeBytes);
      expect(file).toContain('<CtrlSum>1300.00</CtrlSum>');
      expect(file).toContain('<Nm>Stream Youth Work + Sohne</Nm>');
      for (const line of batch.lines) expect(file).toContain(`<EndToEndId>${line.endToEndId}</EndToEndId>`);
      expect(complaint(format, file)).toBeNull();
    }
  });

  it('is masked to those who neither pay nor approve, and its file is for finance only', async () => {
    const batch = await released('10.00');
    const { funder } = coalition;
    const seen = await funder.must(funder.get<Batch>(`/api/v1/payment-batches/${batch.id}`));
    expect(seen.lines[0]!.iban).toBe('BE68 •••• 7034');
    expect((await funder.get(`/api/v1/payment-batches/${batch.id}/files/${formats[0]}`)).status).toBe(403);
  });

  it('is refused where a payee has no account that may be used, naming the instalment', async () => {
    const payments = await approvedPayments('10.00', '20.00');
    const refused = await ask(payments);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
      '/disbursementIds/0',
      '/disbursementIds/1',
    ]);
    expect(refused.body.errors[0]!.message).toMatch(
      /^G-\d+, instalment 1: Stream Youth Work has no bank account that may be used on 2026-12-02\.$/,
    );
  });

  it('waits for the cooling-off period of a new account', async () => {
    const payments = await approvedPayments('10.00');
    await giveAccount();
    expect((await ask(payments, '2026-12-03')).status).toBe(422);
    expect((await ask(payments, '2026-12-04')).status).toBe(201);
  });

  it.each([
    ['2026-11-30', 'past'],
    ['2026-12-05', 'closed'],
  ])('is refused for %s', async (day, words) => {
    await giveAccount();
    const refused = await ask(await approvedPayments('10.00'), day);
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ pointer: '/executionOn', message: expect.stringContaining(words) }),
    ]);
  });

  it('does not take a payment that is in another', async () => {
    await giveAccount();
    const payments = await approvedPayments('10.00', '20.00');
    await make([payments[0]!]);
    const refused = await ask(payments);
    expect(refused.body.errors).toEqual([
      expect.objectContaining({
        pointer: '/disbursementIds/0',
        message: expect.stringContaining('in batch 1'),
      }),
    ]);
    const answers = await Promise.all([ask([payments[1]!]), ask([payments[1]!])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('is not released when the account of a payee was changed meanwhile', async () => {
    const account = await giveAccount();
    const batch = await make(await approvedPayments('10.00'));
    const { partner } = coalition;
    await partner.must(partner.post(`/api/v1/bank-accounts/${account.id}/stop`, { reason: 'Not ours' }));
    await expect(approve(batch.approvalId)).rejects.toThrow('staleVersion');
    expect(await instalmentStates()).toEqual(['approved']);
  });

  it('that is withdrawn gives its payments back, until it has gone to the bank', async () => {
    const batch = await released('10.00');
    const withdrawn = await act(batch.id, 'withdraw', { reason: 'The bank is closed' });
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
    expect(await instalmentStates()).toEqual(['approved']);
    const again = await make([batch.lines[0]!.disbursementId]);
    await approve(again.approvalId);
    expect((await act(again.id, 'send')).body.state).toBe('sent');
    expect(await act(again.id, 'withdraw', { reason: 'Too late' })).toMatchObject({
      status: 409,
      body: { code: 'stateForbids' },
    });
  });

  it('that is rejected gives its payments back', async () => {
    await giveAccount();
    const { approver } = coalition;
    const payments = await approvedPayments('10.00');
    const batch = await make(payments);
    const address = `/api/v1/approvals/${batch.approvalId}`;
    const { contentHash } = await approver.must(approver.get<Approval>(address));
    await approver.must(approver.post(`${address}/reject`, { contentHash, reason: 'Wrong day' }));
    expect((await read(batch.id)).state).toBe('withdrawn');
    expect((await ask(payments)).status).toBe(201);
  });

  it('is settled as a whole, each payment under its EndToEndId, and is done', async () => {
    const batch = await released('1250.50', '49.50');
    const settled = await act(batch.id, 'settle', { paidOn: '2026-12-01' });
    expect(settled.body).toMatchObject({ state: 'done', paidCount: 2 });
    const { finance } = coalition;
    const [line] = batch.lines;
    expect(await finance.must(finance.get(`/api/v1/disbursements/${line!.disbursementId}`))).toMatchObject({
      state: 'settled',
      bankReference: line!.endToEndId,
      paidOn: '2026-12-01',
    });
    expect(await instalmentStates()).toEqual(['paid', 'paid']);
  });

  it('is done when the last of its payments is recorded one by one', async () => {
    const batch = await released('30.00', '20.00');
    const { finance } = coalition;
    await act(batch.id, 'send');
    for (const [at, { disbursementId }] of batch.lines.entries()) {
      expect((await read(batch.id)).state).toBe('sent');
      const bankReference = `ONE-${coalitions}-${at}`;
      await finance.must(
        finance.post(`/api/v1/disbursements/${disbursementId}/settle`, {
          bankReference,
          paidOn: '2026-12-01',
        }),
      );
    }
    expect((await read(batch.id)).state).toBe('done');
  });

  it('is not released once the pool pays from another account than it names', async () => {
    await giveAccount();
    const { body } = await ask(await approvedPayments('10.00'));
    await payFrom(coalition, {
      ...{ accountName: 'Batch Towns Fund', iban: 'GB82 WEST 1234 5698 7654 32', bic: 'WESTGB2L' },
    });
    await expect(approve((body as { approvalId: string }).approvalId)).rejects.toThrow(
      'The account that the pool pays from has changed since.',
    );
  });

  it('needs an account of the pool to pay from', async () => {
    await giveAccount();
    const payments = await approvedPayments('10.00');
    await app.asSuperuser(`DELETE FROM pool_bank_accounts WHERE pool_id = '${coalition.poolId}'`);
    expect((await ask(payments)).body.detail).toContain('which bank account');
  });
});

describe('verify', () => {
  it('holds every batch to its lines, its approval and its files', async () => {
    const broken: string[] = [];
    for (const { rule, sql } of checks) {
      const [result] = await app.rows<CheckResult>(sql);
      if (result!.broken > 0) broken.push(`${rule}: ${result!.example}`);
    }
    expect(broken).toEqual([]);
  });
});

/** What libxml2 says against a file; nothing when it is valid, or when the schemas do not lie beside the repository. */
function complaint(format: string, xml: string): string | null {
  const path = `${standards}/${format}.xsd`;
  if (!existsSync(path)) return null;
  const schema = XmlDocument.fromBuffer(readFileSync(path));
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return null;
  } catch (error) {
    return String(error);
  } finally {
    document.dispose();
    validator.dispose();
    schema.dispose();
  }
}
