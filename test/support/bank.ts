import { checks } from '../../src/checks.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import type { Client, TestApp } from './app.js';
import { award, fund, type TestCoalition } from './coalition.js';

/** What an import did. */
export interface Outcome {
  statements: number;
  added: number;
  known: number;
  matched: number;
  waiting: number;
  warnings: string[];
}

/** A line of the bank, as the API tells it. */
export interface Line {
  id: string;
  reference: string;
  bookedOn: string;
  state: string;
  note: string | null;
  remittance: string;
  counterparty: string;
  amount: { amount: string };
  parts: { kind: string; id: string; amount: { amount: string }; posted: boolean }[];
}

/** An entry of a camt.053 file. */
export interface Booked {
  reference: string;
  amount: string;
  direction?: 'CRDT' | 'DBIT';
  names?: string;
  on?: string;
  back?: boolean;
  text?: string;
}

export const entryOf = ({
  reference,
  amount,
  direction = 'DBIT',
  names,
  on = '2026-12-02',
  back = false,
  text = `Line ${reference}`,
}: Booked) => `
  <Ntry><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>${on}</Dt></BookgDt><AcctSvcrRef>${reference}</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs>${names ? `<EndToEndId>${names}</EndToEndId>` : ''}</Refs>
      <RmtInf><Ustrd>${text}</Ustrd></RmtInf>
      ${back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''}</TxDtls></NtryDtls></Ntry>`;

/** A camt.053 file of one statement. */
export const camt = (
  id: string,
  entries: Booked[],
  balances: { opening: string; closing: string } = { opening: '0.00', closing: '0.00' },
) => {
  const balance = (code: string, amount: string) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>
    <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-12-04</Dt></Dt></Bal>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>${id}</Id>
    <Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Ccy>GBP</Ccy></Acct>
    ${balance('OPBD', balances.opening)}${balance('CLBD', balances.closing)}
    ${entries.map(entryOf).join('')}</Stmt></BkToCstmrStmt></Document>`;
};

/** The bank’s side of a coalition’s pool. */
export class TestBank {
  constructor(
    readonly app: TestApp,
    readonly coalition: TestCoalition,
  ) {}

  /** A payment of a one-instalment grant, released and approved, waiting for the bank. */
  async approvedPayment(amount = '2500.00'): Promise<string> {
    const { finance, backbone } = this.coalition;
    await fund(this.coalition, '10000.00');
    const grantId = await award(this.coalition, {
      amount,
      firstOn: '2026-12-01',
      everyMonths: 12,
      equalInstalments: 1,
    });
    await this.app.moveTo('2026-12-01T08:00:00Z');
    const grant = await backbone.must(
      backbone.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grantId}`),
    );
    const payment = await finance.must(
      finance.post<{ id: string; approvalId: string }>(
        `/api/v1/instalments/${grant.instalments[0]!.id}/release`,
      ),
    );
    await this.approve(payment.approvalId);
    this.app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    return payment.id;
  }

  async approve(approvalId: string): Promise<void> {
    const { finance, approver } = this.coalition;
    const approval = `/api/v1/approvals/${approvalId}`;
    const { contentHash } = await finance.must(finance.get<{ contentHash: string }>(approval));
    await approver.must(approver.post(`${approval}/approve`, { contentHash }));
  }

  /** Sends a file of the bank, as its type says. */
  send<Body = Outcome>(
    content: string | Buffer,
    {
      poolId = this.coalition.poolId,
      who = this.coalition.finance,
      type = 'application/xml',
      query = '',
    }: {
      poolId?: string;
      who?: Client;
      type?: string;
      query?: string;
    } = {},
  ) {
    return who.send<Body>({
      method: 'POST',
      url: `/api/v1/pools/${poolId}/bank-statements${query}`,
      payload: content,
      headers: { 'content-type': type, 'idempotency-key': crypto.randomUUID() },
    });
  }

  async lines(): Promise<Line[]> {
    const { finance, poolId } = this.coalition;
    const path = `/api/v1/pools/${poolId}/bank-lines?sort=bookedOn`;
    return (await finance.must(finance.get<Page<Line>>(path))).items;
  }

  async stateOf(paymentId: string): Promise<{ state: string; instalment: string } | undefined> {
    const [found] = await this.app.rows<{ state: string; instalment: string }>(
      `SELECT d.state, i.state AS instalment FROM disbursements d JOIN instalments i ON i.id = d.instalment_id
       WHERE d.id = '${paymentId}'`,
    );
    return found;
  }

  /** What of `verify` does not hold: nothing. */
  async broken(): Promise<unknown[]> {
    const results = await runChecks(checks, (sql) => this.app.rows(sql));
    return results.filter(({ broken }) => broken > 0);
  }
}
