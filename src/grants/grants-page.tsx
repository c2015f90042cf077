import type { Day } from '../maths/day.js';
import { sum } from '../maths/money.js';
import type { Page } from '../platform/http/list.js';
import { ActionLink } from '../web/components/actions.js';
import { DayText } from '../web/components/dates.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { Money } from '../web/components/money.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import { states, StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { GrantQuery } from './grant.dto.js';
import { templatesPath } from './schedule-templates/schedule-template-words.js';
import { type GrantState, grantStates } from './grant.rules.js';
import type { GrantRow } from './grants.read.js';
import { triggerText } from './triggers/trigger.rules.js';

export interface GrantsView {
  coalitionId: string;
  grants: Page<GrantRow>;
  counts: { state: GrantState; count: number }[];
  query: GrantQuery;
  /** The partners that were granted something. */
  partners: { value: string; label: string }[];
  goals: { value: string; label: string }[];
  pools: { id: string; name: string }[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: GrantsView;
}

/** The grants of a coalition, or a partner's own, with what was paid of each and what comes next. */
export function GrantsPage({ page, view }: Props) {
  const { coalitionId, counts, query } = view;
  const state = query.state as GrantState | undefined;
  const home = coalitionPath(coalitionId, 'grants');
  const all = counts.reduce((total, { count }) => total + count, 0);
  const tabOf = (of: GrantState) => `${home}?state=${of}`;
  const mayDraft = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader title="Grants" facts={plural(all, 'grant')}>
        {mayDraft && <ActionLink label="Saved schedules" href={templatesPath(coalitionId)} icon="calendar" />}
        <ActionLink
          label="Conditions"
          href={`${coalitionPath(coalitionId)}/conditions?state=open`}
          icon="checks"
        />
        {mayDraft && <DraftLinks pools={view.pools} />}
      </PageHeader>
      {all > 0 && (
        <Tabs
          label="Grants by state"
          current={state ? tabOf(state) : home}
          tabs={[
            { label: 'All', href: home, count: all },
            ...grantStates.flatMap((of) => {
              const count = counts.find((one) => one.state === of)?.count ?? 0;
              return count > 0 || of === state
                ? [{ label: states.grant[of][0], href: tabOf(of), count }]
                : [];
            }),
          ]}
        />
      )}
      <ListCard
        page={page}
        title="What was awarded, and what is asked for"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/grants`}
        query={query}
        list={view.grants}
        filters={[
          { kind: 'text', name: 'text', label: 'Reference or title contains' },
          {
            kind: 'choice',
            name: 'organisationId',
            label: 'Partner',
            any: 'All partners',
            options: view.partners,
          },
          { kind: 'choice', name: 'goalId', label: 'Goal', any: 'All goals', options: view.goals },
        ]}
      >
        <List page={page} view={view} />
      </ListCard>
    </Shell>
  );
}

function DraftLinks({ pools }: { pools: GrantsView['pools'] }) {
  return (
    <>
      {pools.map(({ id, name }, index) => (
        <ActionLink
          label={pools.length === 1 ? 'Draft a grant' : `Draft a grant from ${name}`}
          href={`/pools/${id}/grants/new`}
          icon="plus"
          weight={index === 0 ? 'primary' : 'plain'}
        />
      ))}
    </>
  );
}

const isOver = ({ state }: GrantRow): boolean => state === 'declined' || state === 'cancelled';

function List({ page, view }: Props) {
  const { coalitionId, grants, query, pools, today } = view;
  const state = query.state as GrantState | undefined;
  const { items, total } = grants;
  const locale = page.person?.locale ?? 'en-GB';
  const home = coalitionPath(coalitionId, 'grants');
  const [pool] = pools;
  const mayDraft = page.coalition?.roles.includes('backbone') ?? false;
  // Amounts of two currencies, or of half a list, are not added up.
  const currencies = new Set(items.map(({ currency }) => currency));
  const isWhole = currencies.size === 1 && items.length === total;
  const counted = items.filter((grant) => state !== undefined || !isOver(grant));
  const totalLabel =
    counted.length === items.length ? 'Total' : 'Total, without what was declined or cancelled';
  const totalOf = (figure: (grant: GrantRow) => bigint) =>
    isWhole ? (
      <Money minor={sum(counted.map(figure))} currency={items[0]!.currency} locale={locale} />
    ) : undefined;
  return (
    <Table
      caption="Grants"
      rows={items}
      sorting={sortingOf(home, query, '-startOn')}
      rowHref={({ id }) => `/grants/${id}`}
      rowTone={(grant) => (isOver(grant) ? 'muted' : undefined)}
      empty={{
        icon: 'heart-handshake',
        title: state ? `No grant is ${states.grant[state][0].toLowerCase()}` : 'No grant yet',
        text: 'A grant is an award from a pool to a partner, over several years. It is drafted, proposed, and awarded by somebody else; then its instalments come due by themselves.',
        action:
          mayDraft && pool ? { label: 'Draft a grant', href: `/pools/${pool.id}/grants/new` } : undefined,
      }}
      columns={[
        {
          heading: 'Reference',
          sort: 'reference',
          cell: ({ reference }) => reference,
          foot: isWhole ? totalLabel : undefined,
        },
        { heading: 'Title', sort: 'title', wideOnly: true, cell: ({ title }) => title },
        { heading: 'Partner', sort: 'organisation', cell: ({ organisation }) => organisation },
        {
          heading: 'Amount',
          sort: 'amount',
          kind: 'number',
          cell: ({ amount, currency }) => <Money minor={amount} currency={currency} locale={locale} />,
          foot: totalOf(({ amount }) => amount),
        },
        {
          heading: 'Paid',
          kind: 'number',
          wideOnly: true,
          cell: ({ paid, currency }) => <Money minor={paid} currency={currency} locale={locale} />,
          foot: totalOf(({ paid }) => paid),
        },
        {
          heading: 'Next instalment',
          wideOnly: true,
          cell: ({ nextDueOn, nextAfter, currency }) =>
            nextDueOn ? (
              <DayText day={nextDueOn} today={today} locale={locale} relative />
            ) : nextAfter ? (
              `waits for: ${triggerText(nextAfter, currency, locale)}`
            ) : (
              <span class="tb-quiet">none</span>
            ),
        },
        { heading: 'State', cell: (grant) => <StatusBadge of="grant" state={grant.state} /> },
      ]}
    />
  );
}
