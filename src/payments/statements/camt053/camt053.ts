import { type Day, isDay } from '../../../maths/day.js';
import { Fingerprints } from '../fingerprints.js';
import { statedAmount } from '../stated-amount.js';
import {
  type StatementHead,
  type StatementLine,
  type StatementPart,
  StatementRefused,
} from '../statement-parts.js';
import { at, type Element, textAt, XmlMalformed, xmlRecords } from './xml-records.js';

const namespaces = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(02|08)$/;

/**
 * Reads an ISO 20022 bank statement, camt.053.001.02 or .08, piece by piece: each statement’s head comes before its
 * lines. Only what is booked is told; amounts may have more digits than the currency as long as they are zeros.
 * @throws StatementRefused
 */
export async function* readCamt053(chunks: AsyncIterable<Buffer>): AsyncGenerator<StatementPart> {
  const statement = new OpenStatement();
  let statements = 0;
  try {
    for await (const { kind, element, parent } of xmlRecords(
      chunks,
      new Set(['Id', 'Acct', 'Bal', 'Ntry']),
      new Set(['Stmt']),
    )) {
      if (kind === 'root') requireCamt(element);
      else if (kind === 'end') {
        if (!statement.isTold) yield { kind: 'statement', head: statement.tell() };
        statements += 1;
        statement.begin();
      } else if (parent !== 'Stmt') continue;
      else if (element.name === 'Ntry') {
        if (!statement.isTold) yield { kind: 'statement', head: statement.tell() };
        for (const line of statement.linesOf(element)) yield { kind: 'line', line };
      } else statement.take(element);
    }
  } catch (error) {
    if (error instanceof XmlMalformed)
      throw new StatementRefused(`The file is not readable XML: ${error.message}.`);
    throw error;
  }
  if (statements === 0) throw new StatementRefused('The file holds no statement: there is no Stmt in it.');
}

function requireCamt({ name, namespace }: Element): void {
  if (name === 'Document' && namespaces.test(namespace)) return;
  throw new StatementRefused(
    `The file is no bank statement in camt.053 version 02 or 08: it is ${namespace || 'without a namespace'}.`,
  );
}

/** What is known of the statement that is being read. */
class OpenStatement {
  isTold = false;
  private reference: string | null = null;
  private account: string | null = null;
  private currency: string | null = null;
  private balances: Element[] = [];
  private readonly fingerprints = new Fingerprints();
  private entries = 0;

  begin(): void {
    this.isTold = false;
    this.reference = this.account = this.currency = null;
    this.balances = [];
    this.entries = 0;
  }

  take(element: Element): void {
    if (element.name === 'Bal') this.balances.push(element);
    else if (element.name === 'Id') this.reference ??= element.text.trim();
    else {
      this.account = textAt(element, 'Id', 'IBAN') ?? textAt(element, 'Id', 'Othr', 'Id');
      this.currency = textAt(element, 'Ccy');
    }
  }

  tell(): StatementHead {
    this.isTold = true;
    const { account, reference } = this;
    if (!reference) throw new StatementRefused('A statement has no Id.');
    if (!account)
      throw new StatementRefused(`Statement ${reference} names no account: neither IBAN nor Othr/Id.`);
    const opening = this.balance('OPBD') ?? this.balance('PRCD');
    this.currency ??= opening?.currency ?? null;
    const closing = this.balance('CLBD');
    this.currency ??= closing?.currency ?? null;
    if (!this.currency) throw new StatementRefused(`Statement ${reference} does not say its currency.`);
    const own = (balance?: Balance) =>
      balance && balance.currency === this.currency
        ? this.minor(balance.amount, balance.currency, 'balance')
        : null;
    return {
      ...{ account: account.replace(/\s/g, '').toUpperCase(), reference, currency: this.currency },
      ...{ opening: own(opening), closing: own(closing), closingOn: closing?.on ?? null },
    };
  }

  linesOf(entry: Element): StatementLine[] {
    this.entries += 1;
    const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts');
    if (status !== 'BOOK') return [];
    const details = (at(entry, 'NtryDtls')?.children ?? []).filter(({ name }) => name === 'TxDtls');
    const whole = this.lineOf(entry, details[0], at(entry, 'Amt'));
    if (details.length < 2) return [whole];
    const parts = details.map((detail) =>
      this.lineOf(entry, detail, at(detail, 'Amt') ?? at(detail, 'AmtDtls', 'TxAmt', 'Amt')),
    );
    // A collected booking is told part by part where its parts are told whole; otherwise as one line.
    const isWhole = parts.reduce((sum, { amount }) => sum + amount, 0n) === whole.amount;
    return isWhole
      ? parts.map((part, index) => ({ ...part, reference: `${part.reference}#${index + 1}` }))
      : [whole];
  }

  private lineOf(
    entry: Element,
    detail: Element | undefined,
    amountElement: Element | undefined,
  ): StatementLine {
    const where = `Entry ${this.entries} of statement ${this.reference}`;
    const currency = amountElement?.attributes['Ccy'] ?? this.currency!;
    if (currency !== this.currency)
      throw new StatementRefused(`${where} is in ${currency}, and the account in ${this.currency}.`);
    const unsigned = this.minor(amountElement?.text.trim() ?? '', currency, `entry ${this.entries}`);
    const direction = textAt(detail, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd');
    if (direction !== 'CRDT' && direction !== 'DBIT')
      throw new StatementRefused(`${where} does not say whether it is a credit or a debit (CdtDbtInd).`);
    const bookedOn = dayAt(entry, 'BookgDt') ?? dayAt(entry, 'ValDt');
    if (!bookedOn) throw new StatementRefused(`${where} has no booking date (BookgDt).`);
    const amount = direction === 'CRDT' ? unsigned : -unsigned;
    const endToEndId = textAt(detail, 'Refs', 'EndToEndId');
    const remittance = remittanceOf(detail) || (textAt(entry, 'AddtlNtryInf') ?? '');
    const counterparty = counterpartyOf(detail, direction);
    const returnReason = returnReasonOf(detail);
    const said = { bookedOn, amount, endToEndId, remittance, counterparty };
    return {
      ...said,
      endToEndId: endToEndId === 'NOTPROVIDED' ? null : endToEndId,
      reference: this.referenceOf(entry, said),
      isReturn: textAt(entry, 'RvslInd') === 'true' || returnReason !== null,
      returnReason,
    };
  }

  /** The bank’s reference; where it gives none, a fingerprint, counting lines that say the same. */
  private referenceOf(entry: Element, said: object): string {
    const own = textAt(entry, 'AcctSvcrRef');
    if (own) return own;
    const numbered = textAt(entry, 'NtryRef');
    if (numbered) return `${this.reference}/${numbered}`;
    return this.fingerprints.of(this.account!, said);
  }

  private balance(code: string): Balance | undefined {
    const element = this.balances.find((balance) => textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') === code);
    const amount = at(element, 'Amt');
    if (!element || !amount) return undefined;
    const sign = textAt(element, 'CdtDbtInd') === 'DBIT' ? '-' : '';
    return {
      amount: sign + amount.text.trim(),
      currency: amount.attributes['Ccy'] ?? '',
      on: dayAt(element, 'Dt'),
    };
  }

  private minor(text: string, currency: string, what: string): bigint {
    try {
      return statedAmount(text, currency);
    } catch {
      throw new StatementRefused(
        `The amount “${text}” of ${what} in statement ${this.reference} is not an amount in ${currency}.`,
      );
    }
  }
}

interface Balance {
  amount: string;
  currency: string;
  on: Day | null;
}

function dayAt(element: Element, name: string): Day | null {
  const day = textAt(element, name, 'Dt') ?? textAt(element, name, 'DtTm')?.slice(0, 10) ?? null;
  return day !== null && isDay(day) ? day : null;
}

function remittanceOf(detail: Element | undefined): string {
  const told = (at(detail, 'RmtInf')?.children ?? []).map((part) =>
    part.name === 'Ustrd' ? part.text.trim() : (textAt(part, 'CdtrRefInf', 'Ref') ?? ''),
  );
  return told
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, 500);
}

/** Who paid, or who was paid: in version 08 a party is a level deeper. */
function counterpartyOf(detail: Element | undefined, direction: 'CRDT' | 'DBIT'): string {
  const party = direction === 'CRDT' ? 'Dbtr' : 'Cdtr';
  const parties = at(detail, 'RltdPties');
  return (textAt(parties, party, 'Nm') ?? textAt(parties, party, 'Pty', 'Nm') ?? '').slice(0, 200);
}

function returnReasonOf(detail: Element | undefined): string | null {
  const information = at(detail, 'RtrInf');
  if (!information) return null;
  const code = textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry');
  const more = textAt(information, 'AddtlInf');
  return [code, more].filter((text) => text !== null).join(': ') || 'returned by the bank';
}
