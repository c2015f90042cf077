import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { paymentsChecks } from '../../src/payments/payments.checks.js';
import { endToEndId } from '../../src/payments/batches/end-to-end-id.js';
import { statementsChecks } from '../../src/payments/statements/statements.checks.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { ledgerChecks } from '../../src/ledger/ledger.checks.js';
import { poolsChecks } from '../../src/pools/pools.checks.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Outcome {
  statements: number;
  added: number;
  known: number;
  matched: number;
  waiting: number;
  warnings: string[];
}
interface Line {
  id: string;
  reference: string;
  state: string;
  note: string | null;
  amount: { amount: string };
  disbursementId: string | null;
}

const samples = new URL('../../../shared/standards/iso20022/samples/', import.meta.url);

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
  coalition = await foundCoalition(app, `Bank Towns ${coalitions}`);
});

/** A payment of a one-instalment grant, released and approved, waiting for the bank. */
async function approvedPayment(amount = '2500.00'): Promise<string> {
  const { finance, approver, backbone } = coalition;
  await fund(coalition, '10000.00');
  const grantId = await award(coalition, {
    amount,
    firstOn: '2026-12-01',
    everyMonths: 12,
    equalInstalments: 1,
  });
  await app.moveTo('2026-12-01T08:00:00Z');
  const grant = await backbone.must(
    backbone.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grantId}`),
  );
  const payment = await finance.must(
    finance.post<{ id: string; approvalId: string }>(
      `/api/v1/instalments/${grant.instalments[0]!.id}/release`,
    ),
  );
  const approval = `/api/v1/approvals/${payment.approvalId}`;
  const { contentHash } = await finance.must(finance.get<{ contentHash: string }>(approval));
  await approver.must(approver.post(`${approval}/approve`, { contentHash }));
  app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
  return payment.id;
}

interface Booked {
  reference: string;
  amount: string;
  direction?: 'CRDT' | 'DBIT';
  names?: string;
  on?: string;
  back?: boolean;
}

const entryOf = ({
  reference,
  amount,
  direction = 'DBIT',
  names,
  on = '2026-12-02',
  back = false,
}: Booked) => `
  <Ntry><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>${on}</Dt></BookgDt><AcctSvcrRef>${reference}</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs>${names ? `<EndToEndId>${names}</EndToEndId>` : ''}</Refs>
      <RmtInf><Ustrd>Line ${reference}</Ustrd></RmtInf>
      ${back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''}</TxDtls></NtryDtls></Ntry>`;

const file = (id: string, entries: Booked[], balances: { opening: string; closing: string }) => {
  const balance = (code: string, amount: string) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>
    <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-12-04</Dt></Dt></Bal>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>${id}</Id>
    <Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Ccy>GBP</Ccy></Acct>
    ${balance('OPBD', balances.opening)}${balance('CLBD', balances.closing)}
    ${entries.map(entryOf).join('')}</Stmt></BkToCstmrStmt></Document>`;
};

const send = <Body = Outcome>(xml: string | Buffer, poolId = coalition.poolId, who = coalition.finance) =>
  who.send<Body>({
    method: 'POST',
    url: `/api/v1/pools/${poolId}/bank-statements`,
    payload: xml,
    headers: { 'content-type': 'application/xml', 'idempotency-key': crypto.randomUUID() },
  });

const linesOf = async (): Promise<Line[]> =>
  (
    await coalition.finance.must(
      coalition.finance.get<Page<Line>>(`/api/v1/pools/${coalition.poolId}/bank-lines?sort=bookedOn`),
    )
  ).items;
const stateOf = async (paymentId: string) =>
  (
    await app.rows<{ state: string; instalment: string }>(
      `SELECT d.state, i.state AS instalment FROM disbursements d JOIN instalments i ON i.id = d.instalment_id
       WHERE d.id = '${paymentId}'`,
    )
  )[0];
const allHold = async () => {
  const checks = [...ledgerChecks, ...poolsChecks, ...paymentsChecks, ...statementsChecks];
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a statement of the bank', () => {
  it('settles the payments it names, and leaves the rest to a person', async () => {
    const paymentId = await approvedPayment();
    const xml = file(
      'S-1',
      [
        { reference: 'B-1', amount: '2500.00', names: endToEndId(paymentId) },
        { reference: 'B-2', amount: '12.50' },
      ],
      { opening: '10000.00', closing: '7487.50' },
    );
    const { status, body } = await send(xml);
    expect([status, body]).toEqual([
      200,
      { statements: 1, added: 2, known: 0, matched: 1, waiting: 1, warnings: [] },
    ]);
    expect(await stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    expect((await linesOf()).map(({ reference, state }) => [reference, state])).toEqual([
      ['B-1', 'matched'],
      ['B-2', 'unmatched'],
    ]);
    await allHold();
  });

  it('imported twice adds nothing, also when it comes in another file with a line more', async () => {
    const first = { reference: 'B-1', amount: '5.00' };
    const balances = { opening: '10.00', closing: '5.00' };
    await send(file('S-1', [first], balances));
    expect((await send(file('S-1', [first], balances))).body).toMatchObject({ added: 0, known: 1 });
    const more = [first, { reference: 'B-2', amount: '1.00' }];
    expect((await send(file('S-2', more, { opening: '10.00', closing: '4.00' }))).body).toMatchObject({
      ...{ added: 1, known: 1, waiting: 2 },
    });
  });

  it('that does not add up is taken, and says so', async () => {
    const { body } = await send(
      file('S-1', [{ reference: 'B-1', amount: '5.00' }], { opening: '10.00', closing: '5.05' }),
    );
    expect(body.warnings).toEqual([
      'Statement S-1 does not add up: opening balance and entries are off its closing balance by £0.05.',
    ]);
  });

  it('is refused whole, naming the entry, and nothing of it is kept', async () => {
    const wrong = file(
      'S-1',
      [
        { reference: 'B-1', amount: '5.00' },
        { reference: 'B-2', amount: '5.005' },
      ],
      { opening: '10.00', closing: '0.00' },
    );
    const { status, body } = await send<ProblemBody>(wrong);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        pointer: '/file',
        message: 'The amount “5.005” of entry 2 in statement S-1 is not an amount in GBP.',
      },
    ]);
    expect(await linesOf()).toEqual([]);
  });

  it('of another account than the pool’s is refused, naming both', async () => {
    const { finance, poolId } = coalition;
    await finance.must(
      finance.send({
        ...{ method: 'PUT', url: `/api/v1/pools/${poolId}/bank-account` },
        payload: { accountName: 'River Fund', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      }),
    );
    const { body } = await send<ProblemBody>(
      file('S-1', [{ reference: 'B-1', amount: '5.00' }], { opening: '10.00', closing: '5.00' }),
    );
    expect(body.detail).toBe(
      'Statement S-1 is of account GB33BUKB20201555555555, and the pool’s is DE89370400440532013000.',
    );
  });

  it('gives a payment back: its funders have their money again, and its instalment is due again', async () => {
    const paymentId = await approvedPayment();
    const names = endToEndId(paymentId);
    const { body } = await send(
      file(
        'S-1',
        [
          { reference: 'B-1', amount: '2500.00', names },
          { reference: 'B-2', amount: '2500.00', names, direction: 'CRDT', on: '2026-12-03', back: true },
        ],
        { opening: '10000.00', closing: '10000.00' },
      ),
    );
    expect(body).toMatchObject({ matched: 2, waiting: 0 });
    expect(await stateOf(paymentId)).toEqual({ state: 'returned', instalment: 'due' });
    const [balance] = await app.rows<{ held: string }>(
      `SELECT (-sum(balance))::text AS held FROM accounts WHERE kind = 'fundBalance' AND coalition_id = '${coalition.id}'`,
    );
    expect(balance).toEqual({ held: '1000000' });
    await allHold();
  });

  (existsSync(samples) ? it : it.skip)(
    'in the published samples is imported; the wrong one is not',
    async () => {
      const pool = await coalition.backbone.must(
        coalition.backbone.post<{ id: string }>(`/api/v1/coalitions/${coalition.id}/pools`, {
          ...{ name: 'Euro', currency: 'EUR', attributionRule: 'pro_rata', refundPolicy: 'none' },
        }),
      );
      const sample = (name: string) => send(readFileSync(new URL(name, samples)), pool.id);
      for (const name of [
        'all-balance-types',
        'five.decimals',
        'minimal',
        'multi.statement',
        'with-party-ids',
      ]) {
        expect([name, (await sample(`camt053.v2.${name}.xml`)).status]).toEqual([name, 200]);
      }
      expect((await sample('camt053.v8.xml')).status).toBe(200);
      const before = await app.rows(`SELECT id FROM bank_statement_lines`);
      const wrong = await sample('camt053.v2.wrong.xml');
      expect([wrong.status, (wrong.body as unknown as ProblemBody).detail]).toEqual([
        422,
        'The file holds no statement: there is no Stmt in it.',
      ]);
      expect(await app.rows(`SELECT id FROM bank_statement_lines`)).toHaveLength(before.length);
    },
  );
});

describe('a line that waits', () => {
  it('is matched by a person to a payment of its amount, which settles it', async () => {
    const paymentId = await approvedPayment();
    const { finance } = coalition;
    await send(
      file('S-1', [{ reference: 'B-1', amount: '2500.00' }], { opening: '10000.00', closing: '7500.00' }),
    );
    const [line] = await linesOf();
    const matched = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/match`, {
      ...{ kind: 'disbursement', id: paymentId },
    });
    expect(matched.body).toMatchObject({ state: 'matched', disbursementId: paymentId });
    expect(await stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    const back = await finance.post<ProblemBody>(`/api/v1/bank-lines/${line!.id}/reopen`);
    expect(back.status).toBe(409);
    await allHold();
  });

  it('is not matched to a payment of another amount', async () => {
    const paymentId = await approvedPayment();
    await send(
      file('S-1', [{ reference: 'B-1', amount: '2499.99' }], { opening: '10.00', closing: '10.00' }),
    );
    const [line] = await linesOf();
    const refused = await coalition.finance.post<ProblemBody>(`/api/v1/bank-lines/${line!.id}/match`, {
      ...{ kind: 'disbursement', id: paymentId },
    });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([
      422,
      { pointer: '/id', message: 'The line names a payment of another amount.' },
    ]);
  });

  it('is set aside with a reason, and put back', async () => {
    const { finance } = coalition;
    await send(file('S-1', [{ reference: 'B-1', amount: '9.00' }], { opening: '10.00', closing: '1.00' }));
    const [line] = await linesOf();
    const aside = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/set-aside`, {
      reason: 'Not ours',
    });
    expect(aside.body).toMatchObject({ state: 'setAside', note: 'Not ours' });
    const back = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/reopen`);
    expect(back.body).toMatchObject({ state: 'unmatched', note: null });
  });
});

describe('a statement of 50,000 entries', () => {
  const many = 50_000;

  it('is imported line by line', async () => {
    const entries = Array.from({ length: many }, (_, index) => ({ reference: `B-${index}`, amount: '1.00' }));
    const { body } = await send(file('S-1', entries, { opening: '60000.00', closing: '10000.00' }));
    expect(body).toMatchObject({ added: many, warnings: [], waiting: many });
  }, 120_000);

  it('is read in a process that has 40 MB for everything it keeps', async () => {
    const reader = new URL('../../dist/payments/statements/camt053.js', import.meta.url);
    const [head, tail] = file('S-1', [], { opening: '1.00', closing: '1.00' }).split('</Stmt>') as [
      string,
      string,
    ];
    const program = `
      const { readCamt053 } = await import(${JSON.stringify(reader.href)});
      async function* chunks() {
        yield Buffer.from(${JSON.stringify(head)});
        for (let at = 0; at < ${many}; at += 1)
          yield Buffer.from(${JSON.stringify(entryOf({ reference: 'B-@', amount: '1.00' }))}.replaceAll('@', String(at)));
        yield Buffer.from(${JSON.stringify(`</Stmt>${tail}`)});
      }
      let lines = 0;
      for await (const { kind } of readCamt053(chunks())) if (kind === 'line') lines += 1;
      process.stdout.write(String(lines));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--max-old-space-size=40', '--input-type=module', '--eval', program],
    ]);
    expect(stdout).toBe(String(many));
  }, 120_000);
});

describe('a line that nobody has recorded yet', () => {
  it('is posted as a contribution of a funder, or as a charge of the bank, with its own day and reference', async () => {
    app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    const lines = [
      { reference: 'B-1', amount: '300.00', direction: 'CRDT' as const },
      { reference: 'B-2', amount: '12.50' },
    ];
    await send(file('S-1', lines, { opening: '0.00', closing: '287.50' }));
    const [came, taken] = await linesOf();
    const { finance, south } = coalition;
    const post = <Body = Line>(line: Line, what: 'contribution' | 'charge', body: object = {}) =>
      finance.post<Body>(`/api/v1/bank-lines/${line.id}/${what}`, body);
    expect((await post<ProblemBody>(taken!, 'contribution', { funderId: south })).body.code).toBe(
      'stateForbids',
    );
    expect((await post<ProblemBody>(came!, 'charge')).body.code).toBe('stateForbids');
    expect((await post(came!, 'contribution', { funderId: south })).body.state).toBe('matched');
    expect((await post(taken!, 'charge')).body.state).toBe('matched');
    expect((await post<ProblemBody>(taken!, 'charge')).body.code).toBe('stateForbids');
    const posted = await app.rows(
      `SELECT c.bank_reference AS came, c.received_on::text AS "on", b.bank_reference AS taken, b.note
       FROM contributions c JOIN bank_charges b ON b.pool_id = c.pool_id
       WHERE c.pool_id = '${coalition.poolId}' AND c.funder_id = '${south}'`,
    );
    expect(posted).toEqual([{ came: 'B-1', on: '2026-12-02', taken: 'B-2', note: 'Line B-2' }]);
    await allHold();
  });

  it('is posted on the page beside the bank', async () => {
    app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    const lines = [{ reference: 'B-9', amount: '40.00', direction: 'CRDT' as const }];
    await send(file('S-1', lines, { opening: '0.00', closing: '40.00' }));
    const [line] = await linesOf();
    const browser = await Browser.of(app, coalition.finance);
    const bank = `/pools/${coalition.poolId}/bank`;
    await browser.submit(
      `/bank-lines/${line!.id}/contribution`,
      { funderId: coalition.north, _idempotencyKey: crypto.randomUUID() },
      bank,
    );
    expect((await browser.get(bank)).html).toContain('Line B-9 is recorded as a contribution.');
  });
});

describe('the page beside the bank', () => {
  it('takes a file, says what came of it, and offers what a line may be', async () => {
    const paymentId = await approvedPayment();
    const browser = await Browser.of(app, coalition.finance);
    const bank = `/pools/${coalition.poolId}/bank`;
    const { html } = await browser.get(bank);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!;
    const xml = file('S-1', [{ reference: 'B-1', amount: '2500.00' }], {
      opening: '10000.00',
      closing: '7500.00',
    });
    const sent = await browser.upload(
      `/pools/${coalition.poolId}/bank-statements`,
      { _csrf: csrf },
      'file',
      xml,
    );
    expect([sent.status, sent.location]).toEqual([303, bank]);
    const after = await browser.get(bank);
    expect(after.html).toContain('1 line added, 0 matched, 1 waiting.');
    expect(after.html).toContain('approved, of this amount, due 2026-12-01');
    const [line] = await linesOf();
    await browser.submit(
      `/bank-lines/${line!.id}/match`,
      { kind: 'disbursement', id: paymentId, _idempotencyKey: crypto.randomUUID() },
      bank,
    );
    expect((await browser.get(bank)).html).toContain('all is accounted for');
  });

  it('says what is wrong with a file, and keeps nothing', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const bank = `/pools/${coalition.poolId}/bank`;
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get(bank)).html)![1]!;
    await browser.upload(`/pools/${coalition.poolId}/bank-statements`, { _csrf: csrf }, 'file', 'Dear Sir');
    expect((await browser.get(bank)).html).toContain('The file is not readable XML');
  });
});
