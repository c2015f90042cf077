import type { Day } from '../../maths/day.js';
import type { Chart } from '../../web/charts/chart.js';

/**
 * What a report says, whatever format it is written in. A definition composes it once; each writer (PDF, XLSX, CSV,
 * mail) reads it. Amounts are minor units; nothing in it is formatted.
 */
export interface ReportDocument {
  kind: string;
  title: string;
  /** Whose money it is about: "Harbour Towns Early Years", or "3 coalitions". */
  scope: string;
  /** One for each pool that it covers, by name. */
  sections: ReportSection[];
  /** The first day may be missing: since the pool began. Both days belong to it. */
  period: { from: Day | null; to: Day };
  /** What was recorded later is not in it. */
  asOf: Date;
  /** In which it tells instants to people: that of its pools. */
  timeZone: string;
  /** Whether a day of the period is the day it happened, or the day it was recorded. */
  basis: Basis;
  /** A register is one table a pool, row by row; a statement is several tables of a few rows. It decides how its CSV is laid out. */
  layout: 'statement' | 'register';
  /** Where it is shown in another currency than the pools': by which rates. */
  rates: StatedRate[];
}

export type Basis = 'occurred' | 'recorded';

/** A rate that its reader stated: how much of `to` one of `from` is. A decimal string. */
export interface StatedRate {
  from: string;
  to: string;
  rate: string;
  source: string;
}

/** A pool's part of a report. */
export interface ReportSection {
  coalition: string;
  pool: string;
  /** The currency that its amounts are shown in. */
  currency: string;
  /** The pool's own, which its control totals are in, where its amounts are shown in another. */
  ledgerCurrency?: string;
  /** Its main figures, most telling first: what a mail says, and what several pools are summed by. */
  keyFigures: KeyFigure[];
  parts: ReportPart[];
  controlTotals: ControlTotal[];
  /** The entries themselves, in the order of their days, for other bookkeeping programs: of a general ledger alone. */
  journal?: () => AsyncIterable<JournalEntry>;
}

/** An entry as another program books it: whole, in its own currencies. */
export interface JournalEntry {
  day: Day;
  description: string;
  /** What is told beside it: its kind, id and when it was recorded. */
  tags: Record<string, string>;
  /** A debit is positive, a credit negative; they sum to zero in each currency and book. */
  postings: { account: string[]; amount: bigint; currency: string }[];
}

export interface KeyFigure {
  /** Stable, for programs: "cash". */
  name: string;
  label: string;
  amount: bigint;
}

export type ReportPart = ReportTable | ReportChart | ReportNote;

/** A few sentences, each a paragraph. */
export interface ReportNote {
  kind: 'note';
  title: string | null;
  paragraphs: string[];
}

export interface ReportChart {
  kind: 'chart';
  title: string;
  /** What it shows, in a sentence, for who cannot see it. */
  description: string;
  /** As `src/web/charts` draws it, for paper: light and wide. */
  svg: string;
  /** The same for mails, which are read on phones. */
  narrow: string;
}

export interface ReportTable {
  kind: 'table';
  /** Stable, for programs: "funders". Unique in its section. */
  name: string;
  title: string;
  columns: ReportColumn[];
  /** Read anew by each writer, in the same order with the same values: a long one comes from a cursor. */
  rows: () => AsyncIterable<Cell[]>;
  /** Whether it may have more rows than fit on pages: a PDF then names the other formats in place of it. */
  isLong?: boolean;
}

/** A money cell is bigint minor units in its section's currency; a percentage and a rate are decimal strings. */
export type Cell = string | bigint | number | Date | ForeignAmount | null;

/** An amount in a currency of its own, which nothing is summed with. */
export interface ForeignAmount {
  amount: bigint;
  currency: string;
}

export interface ReportColumn {
  /** Stable, for programs: "paidOut". Unique in its table. */
  name: string;
  label: string;
  type: 'text' | 'money' | 'foreignMoney' | 'day' | 'instant' | 'count' | 'percent' | 'rate';
  /** Money and counts: whether the foot of the table sums it. */
  isSummed?: boolean;
  /** Whether only programs ask for it, such as an id: on paper it would take the room of what people read. */
  isForPrograms?: true;
}

/** A figure of the report beside the same figure of the ledger, found by another way. Minor units. */
export interface ControlTotal {
  name: string;
  report: bigint;
  ledger: bigint;
}

export const ties = (document: Pick<ReportDocument, 'sections'>): boolean =>
  document.sections.every(({ controlTotals }) =>
    controlTotals.every(({ report, ledger }) => report === ledger),
  );

export const chartOf = (title: string, { summary, wide, narrow }: Chart): ReportChart => ({
  ...{ kind: 'chart', title, description: summary, svg: wide, narrow },
});

/** Rows that are there already, as a table reads them. */
export const rowsOf = (rows: readonly Cell[][]): ReportTable['rows'] =>
  async function* () {
    yield* rows;
  };
