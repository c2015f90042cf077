import { formatMoney, sum } from '../../maths/money.js';
import { type Column, textTable } from '../text-table.js';
import type { FundResult, ImportResult } from './cbpf-import.js';
import { CURRENCY } from './cell-reader.js';
import { describeRowError } from './row-errors.js';

/** The most errors, and the most differences, that are shown one by one. */
const MOST_SHOWN = 200;

const columns: Column[] = [
  { heading: 'Fund' },
  { heading: 'Rows', align: 'right' },
  { heading: 'Donors', align: 'right' },
  { heading: 'Years' },
  { heading: `Pledged ${CURRENCY}`, align: 'right' },
  { heading: `Received ${CURRENCY}`, align: 'right' },
  { heading: 'Projects', align: 'right' },
  { heading: `Awarded ${CURRENCY}`, align: 'right' },
  { heading: 'Outcome' },
];

/** What an import did, or would do, in words and a table. */
export function describeImport(result: ImportResult): string {
  return [
    treatmentOfYears(result),
    '',
    textTable(columns, [
      ...result.funds.map(fundLine),
      ...(result.funds.length > 1 ? [totalLine(result.funds)] : []),
    ]),
    ...describeErrors(result),
    ...describeRefusals(result),
    ...describeDifferences(result),
    '',
    conclusion(result),
  ].join('\n');
}

function treatmentOfYears({ today, funds }: ImportResult): string {
  const thisYear = Number(today.slice(0, 4));
  const later = [
    ...new Set(
      funds.flatMap(({ plan }) => plan.pledges.map(({ year }) => year)).filter((year) => year > thisYear),
    ),
  ].sort();
  const stay = later.length === 0 ? '' : ` ${later.join(', ')} stay${later.length === 1 ? 's' : ''} pledged.`;
  return `Years before ${thisYear} count as received in full on 31 December of the year. ${thisYear} counts as received on ${today}.${stay}`;
}

const money = (cents: bigint): string => formatMoney(cents, CURRENCY, 'en-GB', { symbol: false });

function figures({ plan }: FundResult) {
  return {
    rows: plan.pledges.length,
    pledged: sum(plan.pledges.map(({ amount }) => amount)),
    received: sum(plan.pledges.map(({ amount, receivedOn }) => (receivedOn === null ? 0n : amount))),
    projects: plan.grants.length,
    awarded: sum(plan.grants.map(({ amount }) => amount)),
  };
}

function fundLine(result: FundResult): string[] {
  const { plan } = result;
  const { rows, pledged, received, projects, awarded } = figures(result);
  const years = plan.pledges.map(({ year }) => year).sort();
  return [
    plan.name,
    String(rows),
    String(new Set(plan.pledges.map(({ funder }) => funder)).size),
    years.length === 0 ? '' : `${years[0]}–${years.at(-1)}`,
    money(pledged),
    money(received),
    String(projects),
    money(awarded),
    outcomeOf(result),
  ];
}

function totalLine(funds: FundResult[]): string[] {
  const all = funds.map(figures);
  const total = (key: 'pledged' | 'received' | 'awarded') => money(sum(all.map((one) => one[key])));
  const count = (key: 'rows' | 'projects') => String(all.reduce((so, one) => so + one[key], 0));
  return [
    `All ${funds.length} funds`,
    count('rows'),
    '',
    '',
    total('pledged'),
    total('received'),
    count('projects'),
    total('awarded'),
    '',
  ];
}

function outcomeOf({ outcome, refusal, rowErrors }: FundResult): string {
  if (rowErrors > 0) return `left out: ${rowErrors} ${rowErrors === 1 ? 'error' : 'errors'}`;
  if (refusal !== null) return 'left out';
  if (outcome === null) return 'left out';
  const { wasThere, pledges, contributions, grants, instalments, differences } = outcome;
  const differ = differences.length === 0 ? '' : `, ${differences.length} differ`;
  if (!wasThere) return `new; ${instalments} instalments${differ}`;
  if (pledges + contributions + grants === 0) return `unchanged${differ}`;
  return `added ${pledges} pledges, ${contributions} contributions, ${grants} grants${differ}`;
}

function describeErrors({ errors, funds }: ImportResult): string[] {
  const lists = [
    errors.of(null),
    ...funds.map(({ fund }) => errors.of(fund.id)),
    ...strangers({ errors, funds }),
  ];
  const total = lists.reduce((so, list) => so + list.total, 0);
  if (total === 0) return [];
  const shown = lists.flatMap((list) => list.errors).slice(0, MOST_SHOWN);
  return [
    '',
    `${total} ${total === 1 ? 'error' : 'errors'} in the files:`,
    ...shown.map((error) => `  ${describeRowError(error)}`),
    ...(total > shown.length ? [`  … and ${total - shown.length} more.`] : []),
  ];
}

/** Errors of funds that only the projects name; they are everybody's when all funds were wanted. */
function strangers({ errors, funds }: Pick<ImportResult, 'errors' | 'funds'>) {
  if (funds.length === 1) return [];
  const known = new Set(funds.map(({ fund }) => fund.id));
  return errors.fundIds.filter((id) => !known.has(id)).map((id) => errors.of(id));
}

function describeRefusals({ funds }: ImportResult): string[] {
  const refused = funds.filter(({ refusal }) => refusal !== null);
  if (refused.length === 0) return [];
  return ['', 'Refused:', ...refused.map(({ plan, refusal }) => `  ${plan.name}: ${refusal}`)];
}

function describeDifferences({ funds }: ImportResult): string[] {
  const lines = funds.flatMap(({ plan, outcome }) =>
    (outcome?.differences ?? []).map(
      ({ what, field, here, file }) =>
        `  ${plan.name}, ${what}: ${field} is ${here} here, and ${file} in the file.`,
    ),
  );
  if (lines.length === 0) return [];
  return [
    '',
    `${lines.length} ${lines.length === 1 ? 'difference' : 'differences'} from what is recorded, left as it is:`,
    ...lines.slice(0, MOST_SHOWN),
    ...(lines.length > MOST_SHOWN ? [`  … and ${lines.length - MOST_SHOWN} more.`] : []),
  ];
}

function conclusion({ funds, dryRun, errors }: ImportResult): string {
  const written = funds.flatMap(({ outcome }) => outcome ?? []);
  const leftOut = funds.length - written.length;
  const count = (key: 'pledges' | 'contributions' | 'grants' | 'instalments' | 'seats') =>
    written.reduce((so, outcome) => so + outcome[key], 0);
  const added = count('pledges') + count('contributions') + count('grants');
  const reason =
    errors.of(null).total > 0
      ? 'Nothing was written: some rows do not say whose they are. Mend the files and run it again.'
      : `${leftOut} of ${funds.length} funds left out: nothing of ${leftOut === 1 ? 'it' : 'them'} was written. Mend the files and run it again.`;
  const seats = count('seats') > 0 ? ` Seats given: ${count('seats')}.` : '';
  const done =
    written.length === 0
      ? ''
      : added === 0
        ? `Nothing has changed: all that the files say is here already.${seats}`
        : `${dryRun ? 'A dry run: nothing was written. It would add' : 'Added'} ${count('pledges')} pledges, ` +
          `${count('contributions')} contributions, and ${count('grants')} grants with ${count('instalments')} instalments.${seats}`;
  return [done, leftOut > 0 ? reason : ''].filter((line) => line !== '').join('\n');
}
