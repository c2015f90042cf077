import { describe, expect, it } from '@jest/globals';
import { createReadStream, existsSync } from 'node:fs';
import type { StatementHead, StatementLine } from '../statement-parts.js';
import { readCamt053 } from './camt053.js';

const samples = new URL('../../../../../shared/standards/iso20022/samples/', import.meta.url);
const stands = existsSync(samples);

async function read(
  chunks: AsyncIterable<Buffer>,
): Promise<{ heads: StatementHead[]; lines: StatementLine[] }> {
  const heads: StatementHead[] = [];
  const lines: StatementLine[] = [];
  for await (const part of readCamt053(chunks)) {
    if (part.kind === 'statement') heads.push(part.head);
    else if (part.kind === 'line') lines.push(part.line);
  }
  return { heads, lines };
}

const text = async function* (...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
};

const document = (inside: string, version = '02') =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt>${inside}</BkToCstmrStmt></Document>`;
const statement = (entries: string) =>
  document(`<Stmt><Id>S1</Id><Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Ccy>GBP</Ccy></Acct>
    <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
      <Dt><Dt>2026-11-01</Dt></Dt></Bal>${entries}</Stmt>`);
const entry = (more: string, amount = '5.00') =>
  `<Ntry><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-11-02</Dt></BookgDt>${more}</Ntry>`;

(stands ? describe : describe.skip)('the published samples', () => {
  const sample = (name: string) => read(createReadStream(new URL(name, samples)));

  it('are read in version 02, amounts to the cent whatever zeros they end with', async () => {
    const { heads, lines } = await sample('camt053.v2.five.decimals.xml');
    expect(heads).toEqual([
      {
        ...{ account: 'NL26VAYB8060476890', reference: '253EURNL26VAYB8060476890', currency: 'EUR' },
        ...{ opening: 18_15n, closing: 27_05n, closingOn: '2014-12-31' },
      },
    ]);
    expect(lines).toMatchObject([
      {
        ...{ bookedOn: '2014-12-31', amount: 8_85n, endToEndId: '000000001', isReturn: false },
        remittance: 'Transaction Description',
      },
    ]);
  });

  it('with several statements are told one after the other', async () => {
    const { heads, lines } = await sample('camt053.v2.multi.statement.xml');
    expect(heads.map(({ reference, opening, closing }) => [reference.slice(0, 3), opening, closing])).toEqual(
      [
        ['253', 18_15n, 27_00n],
        ['254', 27_00n, 20_00n],
      ],
    );
    expect(lines.map(({ amount }) => amount)).toEqual([8_85n, -7_00n]);
  });

  it.each([
    ['camt053.v2.all-balance-types.xml', 'CH2801234000123456789', 1_01n, 4_04n],
    ['camt053.v2.minimal.xml', 'NL26VAYB8060476890', 18_15n, null],
    ['camt053.v2.with-party-ids.xml', 'NL26VAYB8060476890', 18_15n, null],
    ['camt053.v8.xml', 'NL26VAYB8060476890', 0n, 0n],
  ])('%s is read', async (name, account, opening, closing) => {
    const { heads, lines } = await sample(name);
    expect(heads[0]).toMatchObject({ account });
    if (name !== 'camt053.v8.xml') expect([heads[0]!.opening, heads[0]!.closing]).toEqual([opening, closing]);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('that is wrong is refused with a sentence', async () => {
    await expect(sample('camt053.v2.wrong.xml')).rejects.toThrow('The file holds no statement');
  });
});

describe('a statement', () => {
  it('is refused where it is not readable, naming the line', async () => {
    await expect(read(text('<Document>\n<Stmt></Document>'))).rejects.toThrow(/^The file is .*/);
    await expect(read(text(document('\n<Stmt><Id>1</Stmt>')))).rejects.toThrow(/not readable XML: line 2/);
  });

  it('is refused in another format', async () => {
    await expect(read(text(document('', '10')))).rejects.toThrow(
      'no bank statement in camt.053 version 02 or 08',
    );
  });

  it('is read the same however its bytes are cut', async () => {
    const whole = statement(entry('<AcctSvcrRef>A-1</AcctSvcrRef><AddtlNtryInf>Größe</AddtlNtryInf>'));
    const bytes = Buffer.from(whole);
    const cut = async function* () {
      for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
    };
    expect(await read(cut())).toEqual(await read(text(whole)));
  });

  it('tells a reference for each line: the bank’s, or a fingerprint that counts equal lines', async () => {
    const { lines } = await read(
      text(statement(entry('<AcctSvcrRef>A-1</AcctSvcrRef>') + entry('') + entry('') + entry('', '6.00'))),
    );
    const references = lines.map(({ reference }) => reference);
    expect(references[0]).toBe('A-1');
    expect(references[1]!.replace(/-1$/, '-2')).toBe(references[2]);
    expect(new Set(references).size).toBe(4);
  });

  it('tells what is booked only, an overdrawn balance as negative, and what came back as a return', async () => {
    const pending = entry('').replace('BOOK', 'PDNG');
    const back = entry(`<NtryDtls><TxDtls><Refs><EndToEndId>E2E</EndToEndId></Refs>
      <RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account closed</AddtlInf></RtrInf></TxDtls></NtryDtls>`);
    const { heads, lines } = await read(text(statement(pending + back)));
    expect(heads[0]!.opening).toBe(-10_00n);
    expect(lines).toMatchObject([
      { endToEndId: 'E2E', isReturn: true, returnReason: 'AC04: account closed', amount: 5_00n },
    ]);
  });

  it('tells a collected booking part by part', async () => {
    const part = (id: string, amount: string) => `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>
      <AmtDtls><TxAmt><Amt Ccy="GBP">${amount}</Amt></TxAmt></AmtDtls></TxDtls>`;
    const inside = `<AcctSvcrRef>A-1</AcctSvcrRef><NtryDtls>${part('X', '2.00')}${part('Y', '3.00')}</NtryDtls>`;
    const { lines } = await read(text(statement(entry(inside))));
    expect(lines.map(({ reference, endToEndId, amount }) => [reference, endToEndId, amount])).toEqual([
      ['A-1#1', 'X', 2_00n],
      ['A-1#2', 'Y', 3_00n],
    ]);
  });

  it('names the entry that has no amount, no date or another currency', async () => {
    await expect(read(text(statement(entry('', '5.001'))))).rejects.toThrow(
      '“5.001” of entry 1 in statement S1',
    );
    const dateless = entry('').replace(/<BookgDt>.*<\/BookgDt>/s, '');
    await expect(read(text(statement(dateless)))).rejects.toThrow(
      'Entry 1 of statement S1 has no booking date',
    );
    const foreign = entry('').replace('Ccy="GBP"', 'Ccy="USD"');
    await expect(read(text(statement(foreign)))).rejects.toThrow('is in USD, and the account in GBP');
  });
});
