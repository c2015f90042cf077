import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { DayText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { Shell } from '../../web/shell.js';
import type { PledgeChangeRow } from './changes/pledge-changes.read.js';
import { PledgeChangesCard } from './changes/pledge-changes-card.js';
import type { PledgeInstalmentRow, PledgeRow } from './pledges.service.js';
import type { NamedEarmark } from '../earmarks.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

export interface PledgeView {
  pledge: PledgeRow;
  instalments: PledgeInstalmentRow[];
  earmark: NamedEarmark | null;
  pool: PoolOfPage;
  history: HistoryEvent[];
  changes: PledgeChangeRow[];
}

interface Props {
  page: PageContext;
  view: PledgeView;
}

/** A pledge: what was promised for when, what came, and which contributions settled it. */
export function PledgePage({ page, view }: Props) {
  const { pledge, pool } = view;
  const isOpen = pledge.state === 'signed';
  return (
    <Shell page={page}>
      <PageHeader
        title={`Pledge ${pledge.reference}`}
        facts={
          <>
            <a href={`/organisations/${pledge.funderId}`}>{pledge.funder}</a>
            <StatusBadge of="pledge" state={pledge.state} />
          </>
        }
      >
        {isOpen && mayDo(page).receive && (
          <ActionLink
            label="Record a contribution"
            href={withQuery(`/pools/${pool.id}/contributions/new`, { pledgeId: pledge.id })}
            icon="plus"
            weight="primary"
          />
        )}
        {isOpen && <Changes page={page} pledge={pledge} />}
      </PageHeader>
      <Columns kind="main">
        <Stack>
          <Instalments page={page} view={view} />
          <PledgeChangesCard
            page={page}
            currency={pledge.currency}
            timeZone={pool.timeZone}
            changes={view.changes}
          />
        </Stack>
        <Stack>
          <Facts page={page} view={view} />
          <CardsOfLaterRooms page={page} />
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'pledge.signed': 'recorded the signed pledge',
                'pledge.rateChanged': 'changed the planning rate',
                'pledge.amended': 'amended it',
                'pledge.cancelled': 'cancelled what was still to come',
                'pledge.writtenOff': 'wrote off what was still to come',
              }}
              fields={{ planningRate: 'planning rate' }}
              timeZone={pool.timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

/** What may be done to what is still to come. */
function Changes({ page, pledge }: { page: PageContext; pledge: PledgeRow }) {
  const may = mayDo(page);
  const home = `/pledges/${pledge.id}`;
  return (
    <>
      {may.pledge && <ActionLink label="Amend" href={`${home}/amend`} icon="pencil" />}
      {may.lock && pledge.planningRate !== null && (
        <ActionLink label="Rate" href={`${home}/planning-rate`} icon="exchange" />
      )}
      {may.manage && <ActionLink label="Cancel" href={`${home}/cancel`} icon="x" />}
      {may.lock && <ActionLink label="Write off" href={`${home}/write-off`} icon="ban" />}
    </>
  );
}

function Instalments({ page, view: { pledge, instalments, pool } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pledge.currency} locale={locale} />;
  return (
    <Card title="Instalments" note={`In ${pledge.currency}`} flush>
      <Table
        caption={`Instalments of the pledge, in ${pledge.currency}`}
        rows={instalments}
        rowTone={({ state }) => (state === 'late' ? 'attention' : undefined)}
        columns={[
          {
            heading: 'Due',
            cell: ({ dueOn, state }) => (
              <DayText day={dueOn} today={pool.today} locale={locale} relative={state !== 'received'} />
            ),
            foot: 'Total',
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="pledgeInstalment" state={state} /> },
          {
            heading: 'Settled by',
            wideOnly: true,
            cell: (instalment) => <SettledBy page={page} instalment={instalment} pledge={pledge} />,
          },
          {
            heading: 'Pledged',
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(pledge.amount),
          },
          {
            heading: 'Received',
            kind: 'number',
            cell: ({ received }) => money(received),
            foot: money(pledge.received),
          },
        ]}
      />
    </Card>
  );
}

/** The contributions that settled an instalment; how much of each, where there are several. */
function SettledBy({
  page,
  instalment: { settledBy },
  pledge,
}: {
  page: PageContext;
  instalment: PledgeInstalmentRow;
  pledge: PledgeRow;
}) {
  return (
    <>
      {settledBy.map(({ contributionId, bankReference, amount }) => (
        <div>
          <a href={`/contributions/${contributionId}`}>{bankReference}</a>
          {settledBy.length > 1 && (
            <span class="tb-quiet">
              {' '}
              <Money minor={amount} currency={pledge.currency} locale={localeOf(page)} />
            </span>
          )}
        </div>
      ))}
    </>
  );
}

function Facts({ page, view: { pledge, earmark, pool } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={pledge.currency} locale={locale} />;
  return (
    <Card title="The pledge">
      <KeyValue
        pairs={[
          ['Funder', <a href={`/organisations/${pledge.funderId}`}>{pledge.funder}</a>],
          ['Pool', <a href={`/pools/${pool.id}`}>{pool.name}</a>],
          ['Signed', pledge.signedOn && <DayText day={pledge.signedOn} today={pool.today} locale={locale} />],
          ['Pledged', money(pledge.amount)],
          ['Received', money(pledge.received)],
          ['Open', money(pledge.state === 'signed' ? pledge.amount - pledge.received : 0n)],
          ...(pledge.planningRate === null
            ? []
            : ([
                ['Planning rate', `1 ${pledge.currency} = ${pledge.planningRate} ${pledge.poolCurrency}`],
                [
                  'Open, at that rate',
                  <Money minor={pledge.openInPool} currency={pledge.poolCurrency} locale={locale} />,
                ],
              ] as const)),
          ['Restricted to', earmark === null ? 'Nothing' : <a href={earmark.href}>{earmark.name}</a>],
          [
            'Ledger',
            <a href={withQuery(`/pools/${pool.id}/ledger`, { documentId: pledge.id })}>Its entries</a>,
          ],
        ]}
      />
    </Card>
  );
}
