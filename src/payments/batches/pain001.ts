import type { Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import { bankText } from './bank-text.js';
import { element, xmlDocument, type XmlElement } from './xml.js';

export const painFormats = ['pain.001.001.09', 'pain.001.001.03'] as const;
export type PainFormat = (typeof painFormats)[number];

/** One transfer of a batch. Minor units of the batch's currency. */
export interface Transfer {
  endToEndId: string;
  amount: bigint;
  creditor: BankParty;
  /** What the payee reads on its statement. */
  remittance: string;
}

export interface BankParty {
  name: string;
  iban: string;
  bic: string | null;
}

/** A batch as the bank is told of it. */
export interface PainBatch {
  /** Names message and batch; 35 characters at most. */
  messageId: string;
  createdAt: Date;
  executionOn: Day;
  currency: string;
  debtor: BankParty;
  transfers: readonly Transfer[];
}

export const MOST_NAME = 70;
export const MOST_REMITTANCE = 140;

/** What the control sum is: all amounts together. Minor units. */
export const controlSum = (transfers: readonly { amount: bigint }[]): bigint =>
  transfers.reduce((total, { amount }) => total + amount, 0n);

/**
 * A customer credit transfer initiation (ISO 20022 pain.001), version 9 or 3: one payment information block, one
 * transfer for each disbursement. The same batch is always the same bytes.
 */
export function pain001(format: PainFormat, batch: PainBatch): string {
  const total = [
    element('NbOfTxs', String(batch.transfers.length)),
    element('CtrlSum', formatAmount(controlSum(batch.transfers), batch.currency)),
  ];
  return xmlDocument(
    element(
      'Document',
      [element('CstmrCdtTrfInitn', [groupHeader(batch, total), paymentInformation(format, batch, total)])],
      { xmlns: `urn:iso:std:iso:20022:tech:xsd:${format}` },
    ),
  );
}

const groupHeader = (batch: PainBatch, total: XmlElement[]): XmlElement =>
  element('GrpHdr', [
    element('MsgId', batch.messageId),
    element('CreDtTm', batch.createdAt.toISOString()),
    ...total,
    element('InitgPty', [element('Nm', bankText(batch.debtor.name, MOST_NAME))]),
  ]);

function paymentInformation(format: PainFormat, batch: PainBatch, total: XmlElement[]): XmlElement {
  const isEuro = batch.currency === 'EUR';
  const newest = format === 'pain.001.001.09';
  return element('PmtInf', [
    element('PmtInfId', batch.messageId),
    element('PmtMtd', 'TRF'),
    // One entry on the statement for each transfer, so that each can be matched.
    element('BtchBookg', 'false'),
    ...total,
    isEuro ? element('PmtTpInf', [element('SvcLvl', [element('Cd', 'SEPA')])]) : null,
    element('ReqdExctnDt', newest ? [element('Dt', batch.executionOn)] : batch.executionOn),
    element('Dbtr', [element('Nm', bankText(batch.debtor.name, MOST_NAME))]),
    element('DbtrAcct', [accountId(batch.debtor), element('Ccy', batch.currency)]),
    element('DbtrAgt', [institution(format, batch.debtor.bic)]),
    element('ChrgBr', isEuro ? 'SLEV' : 'SHAR'),
    ...batch.transfers.map((transfer) => creditTransfer(format, batch.currency, transfer)),
  ]);
}

function creditTransfer(format: PainFormat, currency: string, transfer: Transfer): XmlElement {
  const { creditor, endToEndId } = transfer;
  return element('CdtTrfTxInf', [
    element('PmtId', [element('InstrId', endToEndId), element('EndToEndId', endToEndId)]),
    element('Amt', [element('InstdAmt', formatAmount(transfer.amount, currency), { Ccy: currency })]),
    creditor.bic === null ? null : element('CdtrAgt', [institution(format, creditor.bic)]),
    element('Cdtr', [element('Nm', bankText(creditor.name, MOST_NAME))]),
    element('CdtrAcct', [accountId(creditor)]),
    element('RmtInf', [element('Ustrd', bankText(transfer.remittance, MOST_REMITTANCE))]),
  ]);
}

const accountId = ({ iban }: BankParty): XmlElement => element('Id', [element('IBAN', iban)]);

/** A bank by its BIC; where none is given, the IBAN says it ("NOTPROVIDED" is the scheme's word for that). */
const institution = (format: PainFormat, bic: string | null): XmlElement =>
  element('FinInstnId', [
    bic === null
      ? element('Othr', [element('Id', 'NOTPROVIDED')])
      : element(format === 'pain.001.001.09' ? 'BICFI' : 'BIC', bic),
  ]);
