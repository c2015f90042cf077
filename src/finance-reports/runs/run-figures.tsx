import { parseAmount } from '../../maths/money.js';
import { SmallFigure } from '../../web/charts/chart-figure.js';
import { Card } from '../../web/components/card.js';
import { Money } from '../../web/components/money.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { type Column, Table } from '../../web/components/table.js';
import { dayText, instantText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { KeptSection, KeptTable } from '../documents/kept-section.js';
import type { ReportColumn } from '../documents/report-document.js';

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

interface FiguresProps {
  page: PageContext;
  section: KeptSection;
  poolId: string | undefined;
  isOne: boolean;
}

/** The main figures of a pool, each a step from the pool itself. */
export function Figures({ page, section, poolId, isOne }: FiguresProps) {
  const { currency, keyFigures } = section;
  return (
    <StatRow label={isOne ? 'Its main figures' : section.pool}>
      {keyFigures.map(({ label, amount }) => (
        <Stat
          label={label}
          href={`/pools/${poolId}`}
          value={<Money minor={parseAmount(amount, currency)} currency={currency} locale={localeOf(page)} />}
        />
      ))}
    </StatRow>
  );
}

/** Its charts, tables and notes, as the files have them. */
export function Parts({
  page,
  section,
  timeZone,
}: {
  page: PageContext;
  section: KeptSection;
  timeZone: string;
}) {
  return section.parts.map((part) => {
    if (part.kind === 'table')
      return <PartTable page={page} table={part} currency={section.currency} timeZone={timeZone} />;
    if (part.kind === 'chart') {
      return (
        <Card title={part.title} note={`In ${section.currency}`}>
          <SmallFigure summary={part.description} svg={part.svg} />
        </Card>
      );
    }
    return (
      <Card title={part.title ?? 'Notes'}>
        {part.paragraphs.map((text) => (
          <p class="tb-card-body">{text}</p>
        ))}
      </Card>
    );
  });
}

type Row = KeptTable['rows'][number];

/** What a column of money comes to; a cell that holds nothing adds nothing. */
const totalOf = (rows: readonly Row[], name: string, currency: string): bigint =>
  rows.reduce((sum, { [name]: text }) => (text ? sum + parseAmount(text, currency) : sum), 0n);

interface TableProps {
  page: PageContext;
  table: KeptTable;
  currency: string;
  timeZone: string;
}

function PartTable({ page, table, currency, timeZone }: TableProps) {
  const note = table.isWhole ? `In ${currency}` : `In ${currency}; the files have all of its rows`;
  const money = (minor: bigint) => (
    <Money minor={minor} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  if (!table.isWhole && table.rows.length === 0) {
    return (
      <Card title={table.title}>
        <p class="tb-quiet">It is as long as the ledger: the files have it, row by row.</p>
      </Card>
    );
  }
  const isTotalled = table.isWhole && table.columns.some((each) => each.isSummed && each.type === 'money');
  const column = ({ name, label, type, isSummed }: ReportColumn, index: number): Column<Row> => ({
    heading: label,
    kind: type === 'text' || type === 'day' || type === 'instant' ? 'text' : 'number',
    wideOnly: index > 0 && index < table.columns.length - 1,
    cell: (row) => {
      const text = row[name];
      if (text === undefined || text === '') return '';
      if (type === 'money') return money(parseAmount(text, currency));
      if (type === 'foreignMoney') return `${text} ${row[`${name}Currency`]}`;
      if (type === 'day') return dayText(text, localeOf(page));
      if (type === 'instant') return instantText(new Date(text), timeZone, localeOf(page));
      return type === 'percent' ? `${text} %` : text;
    },
    foot:
      isTotalled && index === 0 && !isSummed
        ? 'Total'
        : isTotalled && isSummed && type === 'money'
          ? money(totalOf(table.rows, name, currency))
          : undefined,
  });
  return (
    <Card title={table.title} note={note} flush>
      <div class="tb-wide-table">
        <Table
          caption={table.title}
          rows={table.rows}
          empty={{ icon: 'coins', title: 'Nothing yet' }}
          columns={table.columns.map(column)}
        />
      </div>
    </Card>
  );
}

/** What the report says beside what the ledger says. */
export function Control({ page, section }: { page: PageContext; section: KeptSection }) {
  const currency = section.ledgerCurrency ?? section.currency;
  const money = (text: string) => (
    <Money minor={parseAmount(text, currency)} currency={currency} locale={localeOf(page)} symbol={false} />
  );
  return (
    <Card
      title="Control totals"
      note={`What the report says of ${section.pool} beside what the ledger says, summed another way; in ${currency}`}
      flush
    >
      <Table
        caption="Control totals of the report and of the ledger"
        rows={section.controlTotals}
        rowTone={({ report, ledger }) => (report === ledger ? undefined : 'attention')}
        columns={[
          { heading: 'Total', cell: ({ name }) => inWords(name) },
          { heading: 'Report', kind: 'number', cell: ({ report }) => money(report) },
          { heading: 'Ledger', kind: 'number', cell: ({ ledger }) => money(ledger) },
          {
            heading: 'Ties',
            wideOnly: true,
            cell: ({ report, ledger }) => (report === ledger ? 'yes' : <strong>no</strong>),
          },
        ]}
      />
    </Card>
  );
}

/** "feesPayable, carried" as "Fees payable, carried": kinds of accounts are named as programs write them. */
function inWords(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
