import {
  type Cell,
  chartOf,
  type ReportColumn,
  type ReportDocument,
  type ReportSection,
  type ReportTable,
  rowsOf,
} from '../../src/finance-reports/documents/report-document.js';
import { pledgedBesideReceived } from '../../src/web/charts/pledged-beside-received.js';

/** What a spreadsheet would run if it were let. */
export const dangerous = ['=1+1', '+44 20', '-x', '@SUM(A1)', '\t=1'];

const columns: ReportColumn[] = [
  { name: 'funder', label: 'Funder', type: 'text' },
  { name: 'pledged', label: 'Pledged', type: 'money', isSummed: true },
  { name: 'received', label: 'Received', type: 'money', isSummed: true },
  { name: 'given', label: 'Given as', type: 'foreignMoney' },
  { name: 'share', label: 'Share', type: 'percent' },
  { name: 'pledges', label: 'Pledges', type: 'count', isSummed: true },
  { name: 'last', label: 'Last received', type: 'day' },
  { name: 'recorded', label: 'Recorded', type: 'instant' },
];

const funders: Cell[][] = [
  ...[
    ['Łódź Foundation', 1_250_000_00n, 400_000_10n],
    ['Işık Vakfı', 300_000_00n, 299_999_99n],
  ].map(([name, pledged, received]): Cell[] => [
    ...[name!, pledged!, received!, { amount: 500_000n, currency: 'JPY' }, '12.5', 2],
    ...['2026-11-03', new Date('2026-11-03T09:30:00Z')],
  ]),
  ...dangerous.map((name, index): Cell[] => [name, -7n, BigInt(index), null, null, 1, null, null]),
];

const chart = pledgedBesideReceived(
  [
    { year: '2026', pledged: 1_550_000_00n, received: 700_000_09n },
    { year: '2027', pledged: 250_000_00n, received: 0n },
  ],
  { currency: 'EUR', locale: 'en-GB' },
);

/** A pool's part of a statement, with every kind of part and of cell. */
export const specimenSection: ReportSection = {
  coalition: 'Harbour Towns',
  pool: 'Early Years',
  currency: 'EUR',
  keyFigures: [
    { name: 'cash', label: 'Cash', amount: 699_999_84n },
    { name: 'availableToCommit', label: 'Available to commit', amount: -5n },
  ],
  parts: [
    chartOf('Pledged beside received', chart),
    { kind: 'table', name: 'funders', title: 'Funder by funder', columns, rows: rowsOf(funders) },
    {
      kind: 'note',
      title: 'How to read it',
      paragraphs: ['Received is what the bank says.', 'Pledged, "signed", is kept.'],
    },
  ],
  controlTotals: [{ name: 'Cash', report: 699_999_84n, ledger: 699_999_84n }],
};

export const specimenStatement: ReportDocument = {
  kind: 'poolPosition',
  title: 'Pool position',
  scope: 'Harbour Towns Early Years',
  sections: [specimenSection],
  period: { from: null, to: '2026-11-30' },
  asOf: new Date('2026-12-01T08:00:00Z'),
  timeZone: 'Europe/London',
  basis: 'occurred',
  layout: 'statement',
  rates: [],
};

export const registerColumns: ReportColumn[] = [
  { name: 'day', label: 'Day', type: 'day' },
  { name: 'text', label: 'What for', type: 'text' },
  { name: 'amount', label: 'Amount', type: 'money', isSummed: true },
  { name: 'paid', label: 'Paid', type: 'foreignMoney' },
];

/** A register of so many rows, each made when it is read: row i is of i minor units. */
export function specimenRegister(lengths: readonly number[]): ReportDocument {
  return {
    ...specimenStatement,
    kind: 'disbursementRegister',
    title: 'Disbursement register',
    layout: 'register',
    sections: lengths.map((length, index) => ({
      ...specimenSection,
      pool: `Pool ${index + 1}`,
      parts: [{ ...longTable(length), isLong: true }],
    })),
  };
}

function longTable(length: number): ReportTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    for (let row = 1; row <= length; row++)
      yield ['2026-11-03', `Payment ${row}`, BigInt(row), { amount: BigInt(row), currency: 'KWD' }];
  }
  return { kind: 'table', name: 'payments', title: 'Payments', columns: registerColumns, rows };
}
