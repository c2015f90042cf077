import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { Icon } from '../../web/components/icon.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { MoneyCell } from '../../web/components/money.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { BondFrame, localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { claimStates } from './claim.rules.js';
import { claimTitle } from './claim-words.js';
import type { ClaimQuery, OutcomeClaim } from './claims.read.js';
import type { RecalculatedClaim } from './recalculation.js';

export interface ClaimsView {
  bond: Bond;
  claims: Page<OutcomeClaim>;
  query: ClaimQuery;
  /** Null for who does not see the whole of the money. */
  recalculated: RecalculatedClaim[] | null;
  today: Day;
}

interface Props {
  page: PageContext;
  view: ClaimsView;
}

/** Whether whoever looks may claim. The routes hold the same rule. */
export const mayClaim = (page: PageContext): boolean =>
  page.coalition?.roles.some((role) => role === 'partner' || role === 'backbone') ?? false;

/** What was claimed of a bond, and whether it still comes to what was kept. */
export function ClaimsPage({ page, view }: Props) {
  const { bond, claims, query, recalculated } = view;
  const home = `/bonds/${bond.id}/claims`;
  const isOpen = bond.state === 'active' && mayClaim(page);
  return (
    <BondFrame
      page={page}
      bond={bond}
      current="claims"
      actions={
        isOpen && <ActionLink label="Claim outcomes" href={`${home}/new`} icon="plus" weight="primary" />
      }
    >
      <Stack>
        {recalculated !== null && recalculated.length > 0 && <WorkedOutAgain claims={recalculated} />}
        <ListCard
          page={page}
          title="Claims"
          note={`${plural(claims.total, 'claim')}, in ${bond.currency}`}
          home={home}
          api={`/api/v1${home}`}
          query={query}
          filters={[
            {
              kind: 'choice',
              name: 'state',
              label: 'State',
              any: 'Any',
              options: claimStates.map((state) => ({ value: state, label: states.claim[state][0] })),
            },
          ]}
          list={claims}
        >
          <List page={page} view={view} />
        </ListCard>
      </Stack>
    </BondFrame>
  );
}

function WorkedOutAgain({ claims }: { claims: readonly RecalculatedClaim[] }) {
  const other = claims.filter(({ isEqual }) => !isEqual);
  const count = plural(claims.length, 'verified claim');
  if (other.length === 0) {
    return (
      <p class="tb-replayed">
        <Icon name="circle-check" /> Worked out again: all equal. {count}, each from what was accepted of it
        and of those before.
      </p>
    );
  }
  return (
    <Card
      title={`Worked out again: ${other.length} of ${count} ${other.length === 1 ? 'is' : 'are'} not equal`}
    >
      <ul class="tb-checklist">
        {other.map(({ claimId, number, differences }) => (
          <li>
            <Icon name="alert-triangle" />
            <span>
              <a href={`/claims/${claimId}`}>{claimTitle({ number })}</a>: {differences.join(' ')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function List({ page, view: { bond, claims, query, today } }: Props) {
  const home = `/bonds/${bond.id}/claims`;
  const locale = localeOf(page);
  const day = (on: Day) => <DayText day={on} today={today} locale={locale} />;
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span class="tb-quiet">–</span>
    ) : (
      <MoneyCell minor={minor} currency={bond.currency} locale={locale} />
    );
  return (
    <Table
      caption={`Claims of ${bond.reference}, in ${bond.currency}`}
      rows={claims.items}
      rowHref={({ id }) => `/claims/${id}`}
      rowTone={({ state }) =>
        state === 'rejected' ? 'muted' : state === 'submitted' ? 'attention' : undefined
      }
      sorting={sortingOf(home, query, '-number')}
      empty={{
        icon: 'receipt',
        title: 'Nothing was claimed yet',
        text: 'The provider claims what was reached in a period; somebody independent verifies it; payers are invoiced.',
      }}
      columns={[
        { heading: 'Claim', sort: 'number', cell: claimTitle },
        {
          heading: 'Period',
          sort: 'period',
          cell: ({ period, periodFrom, periodTo }) => (
            <>
              {period}
              <span class="tb-under">
                {day(periodFrom)} – {day(periodTo)}
              </span>
            </>
          ),
        },
        { heading: 'State', cell: ({ state }) => <StatusBadge of="claim" state={state} /> },
        { heading: 'Made by', wideOnly: true, cell: ({ madeByName }) => madeByName },
        {
          heading: 'Verified by',
          wideOnly: true,
          cell: ({ state, decidedByName }) => state === 'verified' && decidedByName,
        },
        { heading: 'Comes to', kind: 'number', cell: ({ net }) => money(net) },
        {
          heading: 'Invoiced',
          kind: 'number',
          cell: ({ paidByPayers, isPaid }) => (
            <>
              {money(paidByPayers)}
              {isPaid && <span class="tb-under">paid</span>}
            </>
          ),
        },
      ]}
    />
  );
}
