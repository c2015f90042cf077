import { describe, expect, it } from '@jest/globals';
import { written } from '../../../test/support/written.js';
import type { JournalEntry, ReportDocument } from '../documents/report-document.js';
import { hledgerWriter } from './hledger.js';

const cash = ['Actual', 'Cash'];
const balance = ['Actual', 'Fund balance', 'Trust: A;  B'];

const entries: JournalEntry[] = [
  {
    day: '2026-11-02',
    description: 'Received;\n thank  you',
    tags: { kind: 'contribution.received', note: 'one, two' },
    postings: [
      { account: cash, amount: 250_00n, currency: 'GBP' },
      { account: balance, amount: -250_00n, currency: 'GBP' },
    ],
  },
  {
    day: '2026-11-03',
    description: 'In dinars',
    tags: {},
    postings: [
      { account: cash, amount: 1_000n, currency: 'KWD' },
      { account: balance, amount: -1_000n, currency: 'KWD' },
    ],
  },
];

const documentOf = (journal?: JournalEntry[]): ReportDocument => ({
  ...{ kind: 'generalLedger', title: 'General ledger', scope: 'Early Years', layout: 'register', rates: [] },
  ...{ period: { from: '2026-11-01', to: '2026-11-30' }, asOf: new Date('2026-12-01T08:00:00Z') },
  ...{ basis: 'occurred', timeZone: 'Europe/London' },
  sections: [
    {
      ...{ coalition: 'Harbour', pool: 'Early Years', currency: 'GBP' },
      ...{ keyFigures: [], parts: [], controlTotals: [] },
      journal: journal && (() => each(journal)),
    },
  ],
});

async function* each(journal: JournalEntry[]): AsyncGenerator<JournalEntry> {
  yield* journal;
}

describe('a journal for hledger', () => {
  it('has each entry whole, under names that end where they should', async () => {
    const text = (await written(hledgerWriter, documentOf(entries))).toString('utf8');
    expect(text).toBe(`; General ledger of Early Years
; 2026-11-01 to 2026-11-30, by the day it happened, as known at 2026-12-01T08:00:00.000Z
decimal-mark .

2026-11-02 Received, thank you  ; kind:contribution.received, note:one  two
    Harbour:Early Years:Actual:Cash  GBP 250.00
    Harbour:Early Years:Actual:Fund balance:Trust- A, B  GBP -250.00

2026-11-03 In dinars
    Harbour:Early Years:Actual:Cash  KWD 1.000
    Harbour:Early Years:Actual:Fund balance:Trust- A, B  KWD -1.000
`);
  });

  it('is written of what has a journal, and of nothing else', async () => {
    await expect(written(hledgerWriter, documentOf())).rejects.toThrow(
      'General ledger has no journal to write.',
    );
  });
});
