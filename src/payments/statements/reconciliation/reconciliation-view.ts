import type { Page } from '../../../platform/http/list.js';
import type { PoolOfPage } from '../../../pools/pool-view.js';
import type { Option } from '../../../web/forms/fields.js';
import type { PageContext } from '../../../web/page-context.js';
import type { BankStatement, Reconciliation } from '../bank-statements.read.js';
import type { CsvMapping } from '../csv/csv-mappings.read.js';
import type { BankLineQuery } from '../matching/bank-line.dto.js';
import type { BankLine } from '../matching/bank-lines.read.js';
import type { Suggestion } from '../matching/suggestions.rules.js';

/** What the page beside the bank shows. */
export interface ReconciliationView {
  pool: PoolOfPage;
  query: BankLineQuery;
  waiting: Page<BankLine>;
  suggestions: Map<string, Suggestion[]>;
  funders: readonly Option[];
  lines: Page<BankLine>;
  statements: Page<BankStatement>;
  reconciliation: Reconciliation;
  /** The saved ways to read CSV files. */
  mappings: readonly CsvMapping[];
}

export interface ReconciliationProps {
  page: PageContext;
  view: ReconciliationView;
}

export const isFinance = (page: PageContext): boolean => page.coalition?.roles.includes('finance') ?? false;
