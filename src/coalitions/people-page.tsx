import { ActionLink } from '../web/components/actions.js';
import { Columns, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import type { Filter } from '../web/components/filters.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { type Column, Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { roleNames } from '../web/role-names.js';
import { Shell } from '../web/shell.js';
import { BackboneCard } from './backbone-card.js';
import { InvitationsCard } from './invitations-card.js';
import type { MembershipAnswer } from './membership.dto.js';
import type { PeopleView } from './people-view.js';
import { PeopleTabs } from './people-tabs.js';

interface Props {
  page: PageContext;
  view: PeopleView;
}

/** Who belongs to the coalition: people with their seats, and the organisation that serves it. */
export function PeoplePage({ page, view }: Props) {
  const isBackbone = page.coalition?.roles.includes('backbone') ?? false;
  const home = coalitionPath(view.coalitionId, 'people');
  const note = view.terms.find(({ standing }) => standing === 'serving')?.neutralityNote;
  return (
    <Shell page={page}>
      <PageHeader title="People" facts={plural(view.seats.total, 'seat')}>
        {isBackbone && (
          <ActionLink label="Invite a person" href={`${home}/invite`} icon="plus" weight="primary" />
        )}
      </PageHeader>
      <PeopleTabs coalitionId={view.coalitionId} current="people" page={page} />
      {note && <Notice kind="warning" text={note} />}
      <Columns kind="main">
        <ListCard
          page={page}
          title="Seats"
          note="Each belongs to a person; what is over stays here"
          home={home}
          api={`/api/v1/coalitions/${view.coalitionId}/memberships`}
          query={view.query}
          list={view.seats}
          filters={filtersOf(view)}
        >
          <Table
            caption="People and the seats they hold, held or will hold"
            rows={view.seats.items}
            sorting={sortingOf(home, view.query, 'personName')}
            rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
            empty={{ icon: 'users', title: 'Nobody', text: 'No seat is like that. Ask for less.' }}
            columns={columnsOf({ page, view }, isBackbone)}
          />
        </ListCard>
        <Stack>
          <BackboneCard page={page} view={view} isBackbone={isBackbone} />
          {view.invitations.length > 0 && <InvitationsCard page={page} view={view} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

const filtersOf = ({ organisations }: PeopleView): Filter[] => [
  { kind: 'text', name: 'person', label: 'Name or address contains' },
  {
    ...{ kind: 'choice', name: 'role', label: 'Seat', any: 'All seats' },
    options: Object.entries(roleNames).map(([value, label]) => ({ value, label })),
  },
  {
    ...{ kind: 'choice', name: 'organisationId', label: 'For', any: 'Anybody' },
    options: organisations,
  },
  {
    ...{ kind: 'choice', name: 'standing', label: 'When', any: 'At any time' },
    options: [
      { value: 'serving', label: 'Today' },
      { value: 'upcoming', label: 'Ahead' },
      { value: 'ended', label: 'Past' },
    ],
  },
];

function columnsOf({ page, view }: Props, isBackbone: boolean): Column<MembershipAnswer>[] {
  const locale = page.person?.locale ?? 'en-GB';
  const actions: Column<MembershipAnswer> = {
    heading: 'Actions',
    kind: 'actions',
    cell: (seat) => <SeatActions seat={seat} coalitionId={view.coalitionId} />,
  };
  return [
    {
      heading: 'Person',
      sort: 'personName',
      cell: ({ personName, personId, email }) => (
        <>
          <a href={`${coalitionPath(view.coalitionId, 'people')}/${personId}`}>
            <strong>{personName}</strong>
          </a>
          <br />
          <a class="tb-quiet" href={`mailto:${email}`}>
            {email}
          </a>
        </>
      ),
    },
    {
      heading: 'Seat',
      sort: 'role',
      cell: ({ role, organisationId, organisationName }) => (
        <>
          {roleNames[role]}
          {organisationId && (
            <span class="tb-under">
              for <a href={`/organisations/${organisationId}`}>{organisationName}</a>
            </span>
          )}
        </>
      ),
    },
    {
      heading: 'Since',
      sort: 'sinceOn',
      wideOnly: true,
      cell: ({ sinceOn, untilOn }) => (
        <>
          <DayText day={sinceOn} today={view.today} locale={locale} />
          {untilOn && (
            <span class="tb-under">
              until <DayText day={untilOn} today={view.today} locale={locale} />
            </span>
          )}
        </>
      ),
    },
    {
      heading: 'State',
      wideOnly: true,
      cell: ({ standing }) => <StatusBadge of="period" state={standing} />,
    },
    ...(isBackbone ? [actions] : []),
  ];
}

function SeatActions({ seat, coalitionId }: { seat: MembershipAnswer; coalitionId: string }) {
  const { id, personId, personName, role, standing } = seat;
  return (
    <>
      <a href={`${coalitionPath(coalitionId, 'people')}/invite?person=${personId}`}>Give a seat</a>
      {standing !== 'ended' && (
        <>
          {' · '}
          <a href={`/memberships/${id}/end`} aria-label={`End the seat of ${personName}: ${role}`}>
            End
          </a>
        </>
      )}
    </>
  );
}
