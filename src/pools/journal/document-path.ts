const paths: Readonly<Record<string, string>> = {
  pool: 'pools',
  pledge: 'pledges',
  contribution: 'contributions',
  grant: 'grants',
  bond: 'bonds',
  disbursement: 'disbursements',
  grantReturn: 'grant-returns',
  refund: 'refunds',
  bankCharge: 'bank-charges',
  feePayment: 'fee-payments',
  outcomeInvoice: 'outcome-invoices',
  outcomeReceipt: 'outcome-receipts',
  drawdownCall: 'drawdown-calls',
  drawdownReceipt: 'drawdown-receipts',
  providerAdvance: 'provider-advances',
  distribution: 'distributions',
  bondClosing: 'bond-closings',
};

/** The page of the document that an entry comes from, where it has one. */
export function documentPath(kind: string, id: string): string | undefined {
  const path = paths[kind];
  return path && `/${path}/${id}`;
}

/** "Contribution received, reversed": the kind of an entry, in words. */
export function entryKindText(kind: string): string {
  const [noun = '', verb = '', ...rest] = kind.split('.');
  const words = [`${noun} ${verb}`.trim(), ...rest]
    .join(', ')
    .replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
