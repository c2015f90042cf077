import type { Day } from '../maths/day.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { roleNames } from '../web/role-names.js';
import { Shell } from '../web/shell.js';
import { BackboneCard } from './backbone-card.js';
import { InvitationsCard } from './invitations-card.js';
import type { MembershipAnswer } from './membership.dto.js';
import type { SeatedPerson } from './people.js';
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
      <PageHeader title="People" facts={plural(view.people.length, 'person', 'people')}>
        {isBackbone && (
          <ActionLink label="Invite a person" href={`${home}/invite`} icon="plus" weight="primary" />
        )}
      </PageHeader>
      <PeopleTabs coalitionId={view.coalitionId} current="people" />
      {note && <Notice kind="warning" text={note} />}
      {view.isCut && <Notice text="The list is longer than this page. Export it as CSV to see everybody." />}
      <Columns kind="main">
        <Stack>
          <Seated page={page} view={view} isBackbone={isBackbone} />
          {view.past.length > 0 && <PastSeats page={page} view={view} />}
        </Stack>
        <Stack>
          <BackboneCard page={page} view={view} isBackbone={isBackbone} />
          {view.invitations.length > 0 && <InvitationsCard page={page} view={view} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

function Seated({ page, view, isBackbone }: Props & { isBackbone: boolean }) {
  return (
    <Card
      title="Who has a seat"
      actions={<a href={`/api/v1/coalitions/${view.coalitionId}/memberships?format=csv`}>Export CSV</a>}
      flush
    >
      <Table
        caption="People and the seats they hold"
        rows={view.people}
        columns={[
          {
            heading: 'Person',
            cell: ({ name, email }) => (
              <>
                <strong>{name}</strong>
                <br />
                <a class="tb-quiet" href={`mailto:${email}`}>
                  {email}
                </a>
              </>
            ),
          },
          {
            heading: 'Seats',
            cell: ({ seats }) => (
              <ul class="list-unstyled mb-0">
                {seats.map((seat) => (
                  <Seat seat={seat} today={view.today} locale={localeOf(page)} isBackbone={isBackbone} />
                ))}
              </ul>
            ),
          },
          ...(isBackbone
            ? [
                {
                  heading: 'Actions',
                  kind: 'actions' as const,
                  wideOnly: true,
                  cell: ({ personId }: SeatedPerson) => (
                    <ActionLink
                      label="Give a seat"
                      href={`${coalitionPath(view.coalitionId, 'people')}/invite?person=${personId}`}
                      small
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

interface SeatProps {
  seat: MembershipAnswer;
  today: Day;
  locale: string;
  isBackbone: boolean;
}

function Seat({ seat, today, locale, isBackbone }: SeatProps) {
  return (
    <li>
      {roleNames[seat.role]}
      {seat.organisationId && (
        <>
          {' for '}
          <a href={`/organisations/${seat.organisationId}`}>{seat.organisationName}</a>
        </>
      )}
      <span class="tb-quiet">
        {seat.standing === 'upcoming' ? ' from ' : ' since '}
        <DayText day={seat.sinceOn} today={today} locale={locale} />
        {seat.untilOn && ' until '}
        {seat.untilOn && <DayText day={seat.untilOn} today={today} locale={locale} />}
        {isBackbone && ' · '}
        {isBackbone && (
          <a
            href={`/memberships/${seat.id}/end`}
            aria-label={`End the seat of ${seat.personName}: ${seat.role}`}
          >
            End
          </a>
        )}
      </span>
    </li>
  );
}

function PastSeats({ page, view }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Past seats" note="History stays with the person" flush>
      <Table
        caption="Seats that are over"
        rows={view.past}
        rowTone={() => 'muted'}
        columns={[
          { heading: 'Person', cell: ({ personName }) => personName },
          { heading: 'Seat', cell: ({ role }) => roleNames[role] },
          { heading: 'For', wideOnly: true, cell: ({ organisationName }) => organisationName },
          {
            heading: 'Since',
            wideOnly: true,
            cell: ({ sinceOn }) => <DayText day={sinceOn} today={view.today} locale={locale} />,
          },
          {
            heading: 'Until',
            cell: ({ untilOn }) => untilOn && <DayText day={untilOn} today={view.today} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}
