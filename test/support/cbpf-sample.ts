import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A row of the contributions, invented; every cell as text. */
export const gift = (fund: [number, string], year: string, donor: [number, string], amount: string) => ({
  PooledFundName: fund[1],
  PooledFundId: String(fund[0]),
  FiscalYear: year,
  DonorName: donor[1],
  DonorCode: String(donor[0]),
  GMSDonorId: '7',
  GMSDonorName: donor[1],
  ContributionAmt: amount,
  ContributionPercent: '0.5',
});

/** A row of the projects, invented: twelve months from 1 February 2026 unless `more` says otherwise. */
export const project = (
  fund: [number, string],
  code: string,
  budget: string,
  more: Record<string, string> = {},
) => ({
  PFId: String(fund[0]),
  AllNm: '2026 – First round',
  PrjCode: code,
  OrgNm: 'Lantern Relief',
  PrjTitle: 'Water, and “somewhere to go”',
  AStrDt: '2/1/2026 12:00:00 AM',
  AEndDt: '1/31/2027 12:00:00 AM',
  PrjDur: '12 Months',
  PrgBdg: budget,
  PartCode: '1234.5678',
  ApprDt: '1/20/2026 4:05:06 PM',
  ...more,
});

type Row = Record<string, string>;

/** Both files of an import, in a folder of their own. */
export class CbpfFiles {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cbpf-'));
  readonly contributions = join(this.folder, 'contributions.csv');
  readonly projects = join(this.folder, 'projects.csv');

  constructor(contributions: Row[], projects: Row[]) {
    this.write(contributions, projects);
  }

  write(contributions: Row[], projects: Row[]): void {
    writeFileSync(this.contributions, table(contributions, Object.keys(gift([1, ''], '', [1, ''], ''))));
    writeFileSync(this.projects, table(projects, Object.keys(project([1, ''], '', ''))));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** As the source writes it: lines ended by CRLF, a cell in quotation marks where it needs them. */
function table(rows: Row[], columns: string[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}
