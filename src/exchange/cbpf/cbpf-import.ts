import type { LedgerService } from '../../ledger/ledger.service.js';
import { type Day, dayInZone } from '../../maths/day.js';
import { type Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type FundFile, readFundFiles } from './fund-files.js';
import { type FundOutcome, importFund } from './fund-import.js';
import { type FundPlan, planFund } from './fund-plan.js';
import type { RowErrors } from './row-errors.js';

export interface ImportOptions {
  contributions: string;
  projects: string;
  /** The name or the number of the one fund that is wanted. */
  fund: string | null;
  dryRun: boolean;
  /** Who is given seats in the coalitions. */
  personId: string | null;
}

/** A fund of the files and what became of it. */
export interface FundResult {
  fund: FundFile;
  plan: FundPlan;
  /** Null when nothing of it was written. */
  outcome: FundOutcome | null;
  /** Why a rule of the pool refused it, beside what is wrong with its rows. */
  refusal: string | null;
  rowErrors: number;
}

export interface ImportResult {
  today: Day;
  dryRun: boolean;
  /** The funds that were wanted; none of them written when rows belong to nobody knows which fund. */
  funds: FundResult[];
  errors: RowErrors;
}

/** There is no fund of this name or number in the files. */
export class NoSuchFund extends Error {
  constructor(wanted: string, funds: FundFile[]) {
    const names = funds.map(({ name }) => name).sort();
    super(`There is no fund “${wanted}” in the files. There are: ${names.join(', ')}.`);
  }
}

/**
 * Imports published pooled-fund data: every fund in a transaction of its own, all of it or nothing.
 * @param onFund told before each fund, of `total`
 * @throws UnreadableTable, NoSuchFund before anything is written
 */
export async function importCbpf(
  db: Database,
  ledger: LedgerService,
  options: ImportOptions,
  onFund: (done: number, total: number, name: string) => void = () => undefined,
): Promise<ImportResult> {
  const today = dayInZone(db.clock.now(), 'UTC');
  const reading = await readFundFiles({ ...options, today });
  const wanted = wantedFunds(reading.funds, options.fund);
  const isAnybodys = reading.errors.of(null).total > 0;
  const funds: FundResult[] = [];
  for (const fund of wanted) {
    onFund(funds.length, wanted.length, fund.name);
    const plan = planFund(fund, today);
    const rowErrors = reading.errors.of(fund.id).total;
    const written =
      isAnybodys || rowErrors > 0
        ? { outcome: null, refusal: null }
        : await tryFund(db, ledger, plan, options);
    funds.push({ fund, plan, rowErrors, ...written });
  }
  return { today, dryRun: options.dryRun, funds, errors: reading.errors };
}

/** One fund that a rule refuses does not keep the others out. */
async function tryFund(
  db: Database,
  ledger: LedgerService,
  plan: FundPlan,
  options: ImportOptions,
): Promise<Pick<FundResult, 'outcome' | 'refusal'>> {
  try {
    return { outcome: await importFund(db, ledger, plan, options), refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { outcome: null, refusal: error.detail };
  }
}

function wantedFunds(funds: FundFile[], wanted: string | null): FundFile[] {
  if (wanted === null) return funds;
  const name = wanted.trim().toLowerCase();
  const found = funds.filter((fund) => fund.id === name || fund.name.toLowerCase() === name);
  if (found.length === 0) throw new NoSuchFund(wanted, funds);
  return found;
}
