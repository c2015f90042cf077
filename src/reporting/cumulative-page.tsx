import { Card } from '../web/components/card.js';
import { MoneyCell } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { type Column, Table } from '../web/components/table.js';
import { moneyText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { CumulativeSpend } from './cumulative.read.js';
import type { CumulativeKind, CumulativeRow } from './cumulative.rules.js';
import { GrantReportTabs } from './grant-reports-page.js';
import { periodText } from './period-text.js';

export interface CumulativeView {
  grant: { id: string; reference: string; title: string; organisation: string };
  spend: CumulativeSpend;
}

interface Props {
  page: PageContext;
  view: CumulativeView;
}

const words: Record<Exclude<CumulativeKind, 'goal'>, string> = {
  opening: 'Carried over',
  received: '+ received',
  spent: '− spent',
  closing: '= unspent',
};

/** Everything that was reported of a grant on one page: periods beside each other, goals under each other. */
export function CumulativePage({ page, view }: Props) {
  const { grant, spend } = view;
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Shell page={page}>
      <PageHeader
        title={`Spend on ${grant.title}, all periods`}
        facts={
          <>
            <span>{grant.organisation}</span>
            <a href={`/grants/${grant.id}`}>{grant.reference}</a>
          </>
        }
      />
      <GrantReportTabs grantId={grant.id} current="cumulative" />
      <p class="tb-lead">{tieText(spend, locale)}</p>
      <Card
        title="All periods"
        note={`In ${spend.currency}. What is not handed in yet is left open.`}
        actions={<a href={`/api/v1/grants/${grant.id}/cumulative-spend?format=csv`}>Export CSV</a>}
        flush
      >
        <Table
          caption={`What was reported of ${grant.title}, by period and goal`}
          rows={spend.rows}
          rowHref={({ goalId }) => (goalId === null ? undefined : `/goals/${goalId}`)}
          columns={columnsOf(spend, locale)}
        />
      </Card>
    </Shell>
  );
}

function columnsOf({ periods, currency }: CumulativeSpend, locale: string): Column<CumulativeRow>[] {
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span class="tb-quiet">–</span>
    ) : (
      <MoneyCell minor={minor} currency={currency} locale={locale} />
    );
  return [
    { heading: '', cell: ({ kind, goal }) => (kind === 'goal' ? goal : <strong>{words[kind]}</strong>) },
    ...periods.map(({ from, to }, index): Column<CumulativeRow> => ({
      heading: periodText({ periodFrom: from, periodTo: to }, locale),
      kind: 'number',
      wideOnly: true,
      cell: ({ amounts }) => money(amounts[index] ?? null),
    })),
    { heading: 'In all', kind: 'number', cell: ({ total }) => <strong>{money(total)}</strong> },
  ];
}

/** How the reports compare with the ledger. */
function tieText({ paid, notReported, currency }: CumulativeSpend, locale: string): string {
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  if (notReported === 0n)
    return `The ledger says that ${money(paid)} was paid. All of it is reported as received.`;
  return `The ledger says that ${money(paid)} was paid. ${money(notReported)} of it is not reported yet: the next reports count it.`;
}
