import { parseAmount, sum } from '../../maths/money.js';
import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { Money } from '../../web/components/money.js';
import { PageHeader, Tabs } from '../../web/components/page-links.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { Day } from '../../maths/day.js';
import type { BondQuery } from './bond.dto.js';
import { localeOf, runsBonds } from './bond-frame.js';
import { type BondState, bondStates } from './bond.rules.js';
import type { ListedBond } from './bonds.read.js';

export interface BondsView {
  coalitionId: string;
  bonds: Page<ListedBond>;
  counts: { state: BondState; count: number }[];
  query: BondQuery;
  providers: { value: string; label: string }[];
  pools: { id: string; name: string }[];
  today: Day;
}

interface Props {
  page: PageContext;
  view: BondsView;
}

/** The bonds of a coalition, or those that a partner provides for. */
export function BondsPage({ page, view }: Props) {
  const { coalitionId, counts, query, pools } = view;
  const state = query.state as BondState | undefined;
  const home = coalitionPath(coalitionId, 'bonds');
  const all = counts.reduce((total, { count }) => total + count, 0);
  const tabOf = (of: BondState) => `${home}?state=${of}`;
  return (
    <Shell page={page}>
      <PageHeader title="Bonds" facts={plural(all, 'bond')}>
        {runsBonds(page) && <DraftLinks pools={pools} />}
      </PageHeader>
      {all > 0 && (
        <Tabs
          label="Bonds by state"
          current={state ? tabOf(state) : home}
          tabs={[
            { label: 'All', href: home, count: all },
            ...bondStates.flatMap((of) => {
              const count = counts.find((one) => one.state === of)?.count ?? 0;
              return count > 0 || of === state ? [{ label: states.bond[of][0], href: tabOf(of), count }] : [];
            }),
          ]}
        />
      )}
      <ListCard
        page={page}
        title="Contracts that pay for outcomes"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/bonds`}
        query={query}
        list={view.bonds}
        filters={[
          {
            ...{ kind: 'choice', name: 'providerId', label: 'Provider', any: 'All providers' },
            options: view.providers,
          },
        ]}
      >
        <List page={page} view={view} />
      </ListCard>
    </Shell>
  );
}

function DraftLinks({ pools }: Pick<BondsView, 'pools'>) {
  return (
    <>
      {pools.map(({ id, name }, index) => (
        <ActionLink
          label={pools.length === 1 ? 'Draft a bond' : `Draft a bond in ${name}`}
          href={`/pools/${id}/bonds/new`}
          icon="plus"
          weight={index === 0 ? 'primary' : 'plain'}
        />
      ))}
    </>
  );
}

const committed = ({ terms, currency }: ListedBond): bigint =>
  sum(terms.investors.map(({ commitment }) => parseAmount(commitment, currency)));

function List({ page, view }: Props) {
  const { coalitionId, bonds, query, pools, today } = view;
  const locale = localeOf(page);
  const home = coalitionPath(coalitionId, 'bonds');
  const state = query.state as BondState | undefined;
  const [pool] = pools;
  return (
    <Table
      caption="Bonds"
      rows={bonds.items}
      sorting={sortingOf(home, query, 'reference')}
      rowHref={({ id }) => `/bonds/${id}`}
      rowTone={(bond) => (bond.state === 'cancelled' ? 'muted' : undefined)}
      empty={{
        icon: 'certificate',
        title: state ? `No bond is ${states.bond[state][0].toLowerCase()}` : 'No bond yet',
        text: 'A bond is a contract that pays for outcomes: investors lend the working capital, a provider does the work, somebody independent verifies, and payers pay for what was reached.',
        action:
          runsBonds(page) && pool
            ? { label: 'Draft a bond', href: `/pools/${pool.id}/bonds/new` }
            : undefined,
      }}
      columns={[
        { heading: 'Reference', sort: 'reference', cell: ({ reference }) => reference },
        { heading: 'Title', sort: 'title', wideOnly: true, cell: ({ title }) => title },
        { heading: 'Provider', sort: 'provider', cell: ({ provider }) => provider },
        {
          heading: 'Committed by investors',
          kind: 'number',
          wideOnly: true,
          cell: (bond) => <Money minor={committed(bond)} currency={bond.currency} locale={locale} />,
        },
        {
          heading: 'Cap',
          kind: 'number',
          cell: ({ terms, currency }) =>
            terms.caps.bond === null ? (
              <span class="tb-quiet">none</span>
            ) : (
              <Money minor={parseAmount(terms.caps.bond, currency)} currency={currency} locale={locale} />
            ),
        },
        {
          heading: 'Term ends',
          wideOnly: true,
          cell: ({ terms }) => <DayText day={terms.endOn} today={today} locale={locale} relative />,
        },
        { heading: 'State', cell: (bond) => <StatusBadge of="bond" state={bond.state} /> },
      ]}
    />
  );
}
