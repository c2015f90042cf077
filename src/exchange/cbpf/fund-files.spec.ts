import { afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { CbpfFiles, gift, project } from '../../../test/support/cbpf-sample.js';
import { UnreadableTable } from './csv-table.js';
import { readFundFiles } from './fund-files.js';
import { describeRowError } from './row-errors.js';

const dunes: [number, string] = [101, 'Dunes'];
const marsh: [number, string] = [102, 'Marsh'];
const north: [number, string] = [5, 'Government of Northland'];

let files: CbpfFiles;
const read = (contributions: object[], projects: object[] = []) => {
  files = new CbpfFiles(contributions as Record<string, string>[], projects as Record<string, string>[]);
  return readAgain();
};
const readAgain = () =>
  readFundFiles({
    contributions: files.contributions,
    projects: files.projects,
    today: '2026-11-24',
  });
const complaints = async (contributions: object[], projects: object[] = []) => {
  const { errors } = await read(contributions, projects);
  return [null, '101', '102', '999'].flatMap((id) => errors.of(id).errors).map(describeRowError);
};
afterEach(() => files.remove());

describe('the files of the funds', () => {
  it('are gathered by fund, in the order in which they come', async () => {
    const { funds, errors } = await read(
      [
        gift(dunes, '2025', north, '1000.5'),
        gift(marsh, '2026', north, '7'),
        gift(dunes, '2026', north, '2'),
      ],
      [project(marsh, 'M-1', '2.95E+07'), project(dunes, 'D-1', '495000')],
    );
    expect(errors.fundIds).toEqual([]);
    expect(funds).toMatchObject([
      {
        id: '101',
        name: 'Dunes',
        contributions: [
          { line: 2, year: 2025, donor: 'Government of Northland', donorCode: '5', amount: 1_000_50n },
          { line: 4, year: 2026, amount: 2_00n },
        ],
        projects: [{ line: 3, code: 'D-1', budget: 495_000_00n }],
      },
      {
        id: '102',
        contributions: [{ line: 3 }],
        projects: [
          {
            ...{ line: 2, code: 'M-1', budget: 29_500_000_00n, title: 'Water, and “somewhere to go”' },
            ...{ partner: 'Lantern Relief', allocation: '2026 – First round' },
            ...{ startOn: '2026-02-01', endOn: '2027-01-31', approvedOn: '2026-01-20' },
          },
        ],
      },
    ]);
  });

  it('keep partners apart whose names the source withholds', async () => {
    const { funds } = await read(
      [gift(dunes, '2026', north, '9')],
      [
        project(dunes, 'D-1', '1', { OrgNm: 'National NGO', PartCode: '11.5' }),
        project(dunes, 'D-2', '1', { OrgNm: 'National NGO', PartCode: '12.5' }),
      ],
    );
    expect(funds[0]!.projects.map(({ partner }) => partner)).toEqual([
      'National NGO (name withheld, 11.5)',
      'National NGO (name withheld, 12.5)',
    ]);
  });

  it('name every wrong cell by file, line and column', async () => {
    const found = await complaints(
      [
        gift(dunes, '20x5', north, '12.345'),
        gift(dunes, '2025', [6, ''], '-5'),
        gift(marsh, '2025', north, '10'),
      ],
      [
        project(marsh, 'M-1', '1,000', { AStrDt: '2026-02-01' }),
        project(marsh, 'M-2', '1000', { AEndDt: '1/1/2026 12:00:00 AM' }),
        project(marsh, 'M-3', '1000', { PrjDur: '11 Months' }),
        project(marsh, 'M-4', '1000', { ApprDt: '11/25/2026 12:00:00 AM' }),
      ],
    );
    expect(found).toEqual([
      'contributions.csv line 2, ContributionAmt is “12.345”: expected an amount in dollars above 0 with at most two decimals, such as 1250.00, without separators.',
      'contributions.csv line 2, FiscalYear is “20x5”: expected a year from 1990 to 2046.',
      'contributions.csv line 3, DonorName is empty: expected some text.',
      'contributions.csv line 3, ContributionAmt is “-5”: expected an amount in dollars above 0 with at most two decimals, such as 1250.00, without separators.',
      'projects.csv line 2, AStrDt is “2026-02-01”: expected a date written month/day/year, such as 2/29/2024 12:00:00 AM.',
      'projects.csv line 2, PrgBdg is “1,000”: expected an amount in dollars above 0 with at most two decimals, such as 1250.00, without separators.',
      'projects.csv line 3, AEndDt is “1/1/2026 12:00:00 AM”: expected a day after the start, 2026-02-01.',
      'projects.csv line 4, PrjDur is “11 Months”: expected 12 Months, as 2026-02-01 to 2027-01-31 is.',
      'projects.csv line 5, ApprDt is “11/25/2026 12:00:00 AM”: expected a day up to today, 2026-11-24.',
    ]);
  });

  it('say a thing once: no donor twice for a year, no project twice, one name and one code each', async () => {
    const found = await complaints(
      [
        gift(dunes, '2025', north, '10'),
        gift(dunes, '2025', north, '11'),
        gift(dunes, '2026', [5, 'Northland'], '10'),
        gift(dunes, '2024', [8, 'Government of Northland'], '10'),
        gift([101, 'Dune'], '2023', north, '10'),
        gift([102, 'Dunes'], '2023', north, '10'),
      ],
      [project(dunes, 'D-1', '10'), project(dunes, 'D-1', '10'), project([999, ''], 'S-1', '10')],
    );
    expect(found).toEqual([
      'contributions.csv line 3, DonorName is “Government of Northland”: expected a donor once for each fiscal year of a fund; it stands in line 2 already.',
      'contributions.csv line 4, DonorName is “Northland”: expected “Government of Northland”, as donor 5 is called above.',
      'contributions.csv line 5, DonorCode is “8”: expected 5, as this donor has it above.',
      'contributions.csv line 6, PooledFundName is “Dune”: expected “Dunes”, as fund 101 is called above.',
      'projects.csv line 3, PrjCode is “D-1”: expected a project once; it stands in line 2 already.',
      'contributions.csv line 7, PooledFundName is “Dunes”: expected another name: fund 101 is called so already.',
      'projects.csv line 4, PFId is “999”: expected a fund that the contributions name.',
    ]);
  });

  it('tell of rows that belong to nobody knows which fund', async () => {
    const lost = { ...gift(dunes, '2025', north, '10'), PooledFundId: '' };
    expect(await complaints([lost])).toEqual([
      'contributions.csv line 2, PooledFundId is empty: expected the number of a fund, such as 15.',
    ]);
  });

  it('keep a bound on what they complain about, and count the rest', async () => {
    const { errors } = await read(Array.from({ length: 150 }, () => gift(dunes, 'never', north, '1')));
    expect(errors.of('101').errors).toHaveLength(100);
    expect(errors.of('101').total).toBe(150);
  });

  it('are refused as a whole when they are no such table', async () => {
    await read([gift(dunes, '2025', north, '10')]);
    const refusal = async (text: string) => {
      writeFileSync(files.contributions, text);
      const error: unknown = await readAgain().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UnreadableTable);
      return (error as Error).message;
    };
    expect(await refusal('')).toBe('contributions.csv is empty: its first line must be the heading.');
    expect(await refusal('A,B\n1,2\n')).toBe(
      'contributions.csv has no column PooledFundId, PooledFundName, FiscalYear, DonorName, DonorCode, ContributionAmt. Its heading is: A, B.',
    );
    expect(await refusal('A,"B\n1,2\n')).toMatch(/^contributions\.csv cannot be read as CSV at line \d+: /);
    files.write([], []);
    const gone = readFundFiles({
      contributions: `${files.contributions}.gone`,
      projects: files.projects,
      today: '2026-11-24',
    });
    await expect(gone).rejects.toThrow('There is no file contributions.csv.gone at the path given.');
  });

  it('name a row that has lost a cell, or is not in UTF-8', async () => {
    await read([gift(dunes, '2025', north, '10')]);
    const heading = Object.keys(gift(dunes, '', north, '')).join(',');
    const short = 'Dunes,101,2025,North';
    const latin = Buffer.from('Dunes,101,2025,Espa\u00F1a,5,7,Spain,10,1', 'latin1');
    writeFileSync(files.contributions, Buffer.concat([Buffer.from(`${heading}\n${short}\n`), latin]));
    const { errors } = await readAgain();
    expect(errors.of('101').errors.map(describeRowError)).toEqual([
      'contributions.csv line 2: expected 9 cells as in the heading; there are 4.',
      'contributions.csv line 3: expected text in UTF-8.',
    ]);
  });
});
