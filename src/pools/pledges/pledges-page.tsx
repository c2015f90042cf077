import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { StatusBadge, states } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { type PledgeQuery, pledgeStates } from './pledge.dto.js';
import type { PledgeRow, PledgeTotals } from './pledges.service.js';
import { localeOf, mayDo, PoolFrame } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

export interface PledgesView {
  pool: PoolOfPage;
  query: PledgeQuery;
  pledges: Page<PledgeRow>;
  totals: PledgeTotals;
  funders: { value: string; label: string }[];
}

interface Props {
  page: PageContext;
  view: PledgesView;
}

/** What was promised to a pool, how much of it has come, and what is expected next. */
export function PledgesPage({ page, view }: Props) {
  const { pool, query, pledges, funders } = view;
  const home = `/pools/${pool.id}/pledges`;
  return (
    <PoolFrame
      page={page}
      pool={pool}
      current="pledges"
      actions={
        mayDo(page).pledge && (
          <ActionLink label="Record a pledge" href={`${home}/new`} icon="signature" weight="primary" />
        )
      }
    >
      <ListCard
        page={page}
        title="Pledges"
        note={`${plural(pledges.total, 'pledge')}, in ${pool.currency}; promises in another currency at their planning rate`}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={pledges}
        filters={[
          {
            kind: 'choice',
            name: 'state',
            label: 'State',
            any: 'All states',
            options: pledgeStates.map((state) => ({ value: state, label: states.pledge[state][0] })),
          },
          { kind: 'choice', name: 'funderId', label: 'Funder', any: 'All funders', options: funders },
        ]}
      >
        <PledgesTable page={page} view={view} />
      </ListCard>
    </PoolFrame>
  );
}

function PledgesTable({ page, view }: Props) {
  const { pool, query, pledges, totals } = view;
  const locale = localeOf(page);
  const isNarrowed = (query.state ?? query.funderId) !== undefined;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <Table
      caption={`Pledges to ${pool.name}, in ${pool.currency}`}
      rows={pledges.items}
      sorting={sortingOf(`/pools/${pool.id}/pledges`, query, '-signedOn')}
      rowHref={({ id }) => `/pledges/${id}`}
      rowTone={(pledge) => (isLate(pledge, pool) ? 'attention' : undefined)}
      empty={{
        icon: 'signature',
        title: isNarrowed ? 'No pledge matches' : 'Nothing is pledged yet',
        text: isNarrowed
          ? 'Widen what is asked for above.'
          : 'A pledge is a funder’s signed promise, in instalments over the years. Contributions settle it as they come.',
      }}
      columns={[
        {
          heading: 'Pledge',
          sort: 'reference',
          cell: ({ reference, funder, amount, currency, planningRate }) => (
            <>
              {reference}
              <span class="tb-under">
                {funder}
                {planningRate !== null && `, ${moneyText(amount, currency, locale)}`}
              </span>
            </>
          ),
          foot: 'Total',
        },
        {
          heading: 'State',
          cell: (pledge) => (
            <StatusBadge
              of="pledge"
              state={pledge.state}
              reason={isLate(pledge, pool) ? 'instalment late' : undefined}
            />
          ),
          wideOnly: true,
        },
        {
          heading: 'Signed',
          sort: 'signedOn',
          wideOnly: true,
          cell: ({ signedOn }) => signedOn && <DayText day={signedOn} today={pool.today} locale={locale} />,
        },
        {
          heading: 'Next due',
          wideOnly: true,
          cell: ({ nextDueOn, state }) =>
            state === 'signed' &&
            nextDueOn && <DayText day={nextDueOn} today={pool.today} locale={locale} relative />,
        },
        {
          heading: 'Pledged',
          sort: 'amount',
          kind: 'number',
          cell: ({ amountInPool }) => money(amountInPool),
          foot: money(totals.amount),
        },
        {
          heading: 'Received',
          kind: 'number',
          cell: ({ receivedInPool }) => money(receivedInPool),
          foot: money(totals.received),
        },
        {
          heading: 'Open',
          kind: 'number',
          wideOnly: true,
          cell: ({ openInPool }) => money(openInPool),
          foot: money(totals.open),
        },
      ]}
    />
  );
}

const isLate = ({ state, nextDueOn }: PledgeRow, { today }: PoolOfPage): boolean =>
  state === 'signed' && nextDueOn !== null && nextDueOn < today;
