import { addMonths, addDays, type Day } from '../../maths/day.js';
import { CellReader, tidy } from './cell-reader.js';
import { readTable, type TableRow } from './csv-table.js';
import { RowErrors } from './row-errors.js';

/** A row of the contributions: what a donor gave, or will give, to a fund for a fiscal year. Cents. */
export interface ContributionLine {
  line: number;
  year: number;
  donor: string;
  donorCode: string;
  amount: bigint;
}

/** A row of the projects: a grant made from a fund. Cents. */
export interface ProjectLine {
  line: number;
  code: string;
  title: string;
  partner: string;
  /** The allocation that decided on it. */
  allocation: string;
  startOn: Day;
  endOn: Day;
  approvedOn: Day;
  budget: bigint;
}

/** All that the files say of one fund. */
export interface FundFile {
  id: string;
  name: string;
  contributions: ContributionLine[];
  projects: ProjectLine[];
}

export interface Reading {
  funds: FundFile[];
  errors: RowErrors;
}

const contributionColumns = [
  'PooledFundId',
  'PooledFundName',
  'FiscalYear',
  'DonorName',
  'DonorCode',
  'ContributionAmt',
] as const;
const projectColumns = [
  'PFId',
  'AllNm',
  'PrjCode',
  'OrgNm',
  'PrjTitle',
  'AStrDt',
  'AEndDt',
  'PrjDur',
  'PrgBdg',
  'PartCode',
  'ApprDt',
] as const;

/** No pooled fund is older, and nobody pledges further ahead. */
const FIRST_YEAR = 1990;
const YEARS_AHEAD = 20;
const MOST_YEARS_OF_A_PROJECT = 15;

/** The source withholds the names of some partners, and gives their kind in place of them. */
const withheldNames = ['International NGO', 'National NGO', 'UN Agency', 'Others'];

export interface FundFiles {
  contributions: string;
  projects: string;
  /** The day of the import. */
  today: Day;
}

/**
 * Reads both files, row by row, and gathers what they say by fund; every cell that cannot be taken as it stands is
 * named in the errors.
 * @throws UnreadableTable when a file is no such table
 */
export async function readFundFiles({ contributions, projects, today }: FundFiles): Promise<Reading> {
  const reading = new FundReading(today);
  for await (const row of readTable(contributions, contributionColumns)) reading.contribution(row);
  for await (const row of readTable(projects, projectColumns)) reading.project(row);
  return { funds: reading.funds(), errors: reading.errors };
}

/** Where each thing was seen first, so that a second one can point at it. */
class FundReading {
  readonly errors = new RowErrors();
  private readonly byId = new Map<string, FundFile>();
  private readonly idByName = new Map<string, string>();
  private readonly donors = new Map<string, string>();
  private readonly seen = new Map<string, number>();

  constructor(private readonly today: Day) {}

  funds(): FundFile[] {
    return [...this.byId.values()];
  }

  contribution(row: TableRow): void {
    const id = tidy(row.cells.PooledFundId ?? '');
    const cells = this.cellsOf(row, id, 'PooledFundId');
    if (!cells) return;
    const name = cells.text('PooledFundName', 200);
    const donor = cells.text('DonorName', 300);
    const donorCode = cells.text('DonorCode', 40);
    const amount = cells.amount('ContributionAmt');
    const thisYear = Number(this.today.slice(0, 4));
    const year = cells.year('FiscalYear', FIRST_YEAR, thisYear + YEARS_AHEAD);
    const fund = this.fundOf(cells, id, name);
    if (donor === null || donorCode === null || year === null) return;
    this.requireOneName(cells, id, donor, donorCode);
    this.requireFirst(
      cells,
      'DonorName',
      `${id} ${year} ${donorCode}`,
      row.line,
      'a donor once for each fiscal year of a fund',
    );
    if (amount === null || !cells.isWhole) return;
    fund.contributions.push({ line: row.line, year, donor, donorCode, amount });
  }

  project(row: TableRow): void {
    const id = tidy(row.cells.PFId ?? '');
    const cells = this.cellsOf(row, id, 'PFId');
    if (!cells) return;
    const fund = this.byId.get(id);
    if (!fund) cells.refuse('PFId', 'a fund that the contributions name');
    const code = cells.text('PrjCode', 100);
    if (code !== null) this.requireFirst(cells, 'PrjCode', `project ${code}`, row.line, 'a project once');
    const title = cells.text('PrjTitle', 500);
    const allocation = cells.text('AllNm', 300);
    const partner = partnerOf(cells);
    const term = this.termOf(cells, tidy(row.cells.PrjDur ?? ''));
    const approvedOn = cells.day('ApprDt');
    if (approvedOn !== null && approvedOn > this.today)
      cells.refuse('ApprDt', `a day up to today, ${this.today}`);
    const budget = cells.amount('PrgBdg');
    if (!fund || !code || !title || !allocation || !partner || !term || !approvedOn || !budget) return;
    if (!cells.isWhole) return;
    fund.projects.push({ line: row.line, code, title, partner, allocation, ...term, approvedOn, budget });
  }

  private cellsOf(row: TableRow, id: string, column: string): CellReader | null {
    const fundId = /^\d{1,9}$/.test(id) ? id : null;
    const cells = new CellReader(row, fundId, this.errors);
    if (row.broken !== null) return cells.refuse('', row.broken);
    return fundId === null ? cells.refuse(column, 'the number of a fund, such as 15') : cells;
  }

  /** The fund of a row. One that has no other good row is kept all the same, so that its errors have a name. */
  private fundOf(cells: CellReader, id: string, name: string | null): FundFile {
    const fund = this.byId.get(id) ?? { id, name: name ?? `fund ${id}`, contributions: [], projects: [] };
    this.byId.set(id, fund);
    if (name === null) return fund;
    const other = this.idByName.get(name) ?? id;
    this.idByName.set(name, other);
    if (fund.name !== name) cells.refuse('PooledFundName', `“${fund.name}”, as fund ${id} is called above`);
    else if (other !== id) cells.refuse('PooledFundName', `another name: fund ${other} is called so already`);
    return fund;
  }

  /** A donor has one name and one code in a fund. */
  private requireOneName(cells: CellReader, fundId: string, donor: string, code: string): void {
    const knownName = this.donors.get(`${fundId} code ${code}`) ?? donor;
    const knownCode = this.donors.get(`${fundId} name ${donor}`) ?? code;
    this.donors.set(`${fundId} code ${code}`, knownName);
    this.donors.set(`${fundId} name ${donor}`, knownCode);
    if (knownName !== donor) cells.refuse('DonorName', `“${knownName}”, as donor ${code} is called above`);
    else if (knownCode !== code) cells.refuse('DonorCode', `${knownCode}, as this donor has it above`);
  }

  private requireFirst(cells: CellReader, column: string, key: string, line: number, rule: string): void {
    const first = this.seen.get(key);
    if (first === undefined) this.seen.set(key, line);
    else cells.refuse(column, `${rule}; it stands in line ${first} already`);
  }

  /** Start and end, which must agree with the duration that the source says. */
  private termOf(cells: CellReader, duration: string): { startOn: Day; endOn: Day } | null {
    const startOn = cells.day('AStrDt');
    const endOn = cells.day('AEndDt');
    if (startOn === null || endOn === null) return null;
    if (endOn < startOn) return cells.refuse('AEndDt', `a day after the start, ${startOn}`);
    if (endOn >= addMonths(startOn, 12 * MOST_YEARS_OF_A_PROJECT)) {
      return cells.refuse('AEndDt', `an end within ${MOST_YEARS_OF_A_PROJECT} years of the start`);
    }
    const said = /^(\d{1,3}) Months?(?:,? \d{1,2} Days?)?$/i.exec(duration)?.[1];
    const months = wholeMonths(startOn, endOn);
    if (said === undefined || Number(said) !== months) {
      return cells.refuse('PrjDur', `${months} Months, as ${startOn} to ${endOn} is`);
    }
    return { startOn, endOn };
  }
}

/** Whole months from the first day of a term to its last, both counted. */
function wholeMonths(startOn: Day, endOn: Day): number {
  const after = addDays(endOn, 1);
  const most = 12 * (Number(after.slice(0, 4)) - Number(startOn.slice(0, 4)) + 1);
  let months = 0;
  while (months < most && addMonths(startOn, months + 1) <= after) months += 1;
  return months;
}

/** A partner's name; where the source withholds it, its kind and its code, which keeps partners apart. */
function partnerOf(cells: CellReader): string | null {
  const name = cells.text('OrgNm', 300);
  if (name === null || !withheldNames.includes(name)) return name;
  const code = cells.text('PartCode', 40);
  return code === null ? null : `${name} (name withheld, ${code})`;
}
