import type { GrantRow } from '../../grants/grants.read.js';
import type { Day } from '../../maths/day.js';
import type { ListQuery, Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { GrantReturn } from './returns.read.js';

interface Props {
  page: PageContext;
  view: { grant: GrantRow; returns: Page<GrantReturn>; query: ListQuery; seesThePool: boolean; today: Day };
}

/** What came back of a grant. */
export function ReturnsPage({ page, view: { grant, returns, query, seesThePool, today } }: Props) {
  const home = `/grants/${grant.id}/returns`;
  const locale = page.person?.locale ?? 'en-GB';
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={grant.currency} locale={locale} />;
  return (
    <Shell page={page}>
      <PageHeader title={`Returned of ${grant.reference}`} facts={`${grant.title}, ${grant.organisation}`}>
        {page.coalition?.roles.includes('finance') && (
          <ActionLink label="Record a return" href={`${home}/new`} icon="plus" weight="primary" />
        )}
      </PageHeader>
      <ListCard
        page={page}
        title="Returns"
        note={`${plural(returns.total, 'return')}, in ${grant.currency}`}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={returns}
      >
        <Table
          caption={`Returns, in ${grant.currency}`}
          rows={returns.items}
          rowHref={({ id }) => (seesThePool ? `/grant-returns/${id}` : undefined)}
          rowTone={({ reversalReason }) => (reversalReason === null ? undefined : 'muted')}
          sorting={sortingOf(home, query, '-receivedOn')}
          empty={{
            icon: 'arrow-back-up',
            title: 'Nothing has come back',
            text: 'What the partner does not spend is recorded here when the bank has it.',
          }}
          columns={[
            {
              heading: 'Received',
              sort: 'receivedOn',
              cell: ({ receivedOn }) => <DayText day={receivedOn} today={today} locale={locale} />,
              foot: 'Total',
            },
            { heading: 'Bank reference', cell: ({ bankReference }) => bankReference },
            { heading: 'Note', wideOnly: true, cell: ({ note, reversalReason }) => reversalReason ?? note },
            {
              heading: `Amount (${grant.currency})`,
              kind: 'number',
              sort: 'amount',
              cell: ({ amount }) => money(amount),
              foot: money(grant.returned),
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
