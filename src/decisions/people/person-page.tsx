import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { roleNames } from '../../web/role-names.js';
import { Shell } from '../../web/shell.js';
import { referenceOf } from '../decision.rules.js';
import { choiceText } from '../decision-record.js';
import { localeOf } from '../decision-view.js';
import type { PersonView, PersonVote } from './person-view.js';

interface Props {
  page: PageContext;
  view: PersonView;
}

/** Who a person is here, over time: seats, employers, interests, and how they voted. */
export function PersonPage({ page, view }: Props) {
  const { person, coalitionId, isOwn } = view;
  const home = coalitionPath(coalitionId, 'people');
  const isBackbone = page.coalition?.roles.includes('backbone') ?? false;
  const employer = view.employers.find(({ standing }) => standing === 'serving');
  return (
    <Shell page={page}>
      <PageHeader
        title={person.name}
        facts={
          <>
            <a href={`mailto:${person.email}`}>{person.email}</a>
            {employer && ` · ${employer.position ? `${employer.position}, ` : ''}${employer.organisation}`}
          </>
        }
      >
        {(isBackbone || isOwn) && (
          <ActionLink
            label={employer ? 'Change of employer' : 'Record an employer'}
            href={`${home}/${person.id}/employer`}
            icon="building-bank"
          />
        )}
        {isBackbone && (
          <ActionLink label="Give a seat" href={`${home}/invite?person=${person.id}`} icon="plus" />
        )}
      </PageHeader>
      <Columns kind="main">
        <Stack>
          <Seats page={page} view={view} />
          <Votes page={page} view={view} />
        </Stack>
        <Stack>
          <Employers page={page} view={view} />
          <Interests page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Seats({ page, view }: Props) {
  const day = (on: string | null) => on && <DayText day={on} today={view.today} locale={localeOf(page)} />;
  return (
    <Card title="Seats" note="They stay with the person, whoever employs them" flush>
      <Table
        caption="Seats, past ones too"
        rows={view.seats}
        rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
        columns={[
          {
            heading: 'Seat',
            cell: ({ role, organisationId, organisationName }) => (
              <>
                {roleNames[role]}
                {organisationId && ' for '}
                {organisationId && <a href={`/organisations/${organisationId}`}>{organisationName}</a>}
              </>
            ),
          },
          { heading: 'State', cell: ({ standing }) => <StatusBadge of="period" state={standing} /> },
          { heading: 'Since', cell: ({ sinceOn }) => day(sinceOn) },
          { heading: 'Until', wideOnly: true, cell: ({ untilOn }) => day(untilOn) },
        ]}
      />
    </Card>
  );
}

function Votes({ page, view }: Props) {
  return (
    <Card title="Votes" flush>
      <Table
        caption="Motions on whose roll they were, and how they voted"
        rows={view.votes}
        rowHref={({ id }) => `/decisions/${id}`}
        empty={{
          icon: 'gavel',
          title: 'On no roll yet',
          text: 'The roll of a motion is drawn when its vote opens: whoever has a voting seat then is on it.',
        }}
        columns={[
          {
            heading: 'Motion',
            cell: ({ number, title }) => `${referenceOf(number)}: ${title}`,
          },
          {
            heading: 'Vote',
            cell: (vote) => <VoteCell vote={vote} />,
          },
          { heading: 'As', wideOnly: true, cell: ({ seat }) => seat },
          {
            heading: 'Opened',
            wideOnly: true,
            cell: ({ openedAt }) => (
              <InstantText at={openedAt} timeZone={view.timeZone} locale={localeOf(page)} />
            ),
          },
        ]}
      />
    </Card>
  );
}

function VoteCell({ vote }: { vote: PersonVote }) {
  if (vote.isRecused) return <StatusBadge of="ballot" state="recused" />;
  if (!vote.hasVoted) {
    const isOver = vote.state !== 'open';
    return isOver ? <span class="tb-quiet">Did not vote</span> : <StatusBadge of="ballot" state="missing" />;
  }
  const said = choiceText(vote.options, vote.choice);
  return (
    <>
      {said ?? <StatusBadge of="ballot" state="cast" />}
      {vote.dissent !== null && <span class="tb-quiet"> · with dissent</span>}
    </>
  );
}

function Employers({ page, view }: Props) {
  const day = (on: string) => <DayText day={on} today={view.today} locale={localeOf(page)} />;
  return (
    <Card title="Employers">
      {view.employers.length === 0 && <p class="tb-quiet mb-0">None is recorded.</p>}
      <ul class="list-unstyled mb-0 tb-stack">
        {view.employers.map(({ organisation, organisationId, position, sinceOn, untilOn }) => (
          <li>
            <a href={`/organisations/${organisationId}`}>{organisation}</a>
            {position && `, ${position}`}
            <br />
            <span class="tb-quiet">
              since {day(sinceOn)}
              {untilOn && <> until {day(untilOn)}</>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Interests({ page, view }: Props) {
  const day = (on: string) => <DayText day={on} today={view.today} locale={localeOf(page)} />;
  return (
    <Card
      title="Declared interests"
      actions={<a href={`${coalitionPath(view.coalitionId)}/interests`}>Register</a>}
    >
      {view.interests.length === 0 && <p class="tb-quiet mb-0">None is declared.</p>}
      <ul class="list-unstyled mb-0 tb-stack">
        {view.interests.map(({ organisation, nature, sinceOn, untilOn }) => (
          <li>
            <strong>{organisation}</strong>
            <br />
            {nature}
            <br />
            <span class="tb-quiet">
              since {day(sinceOn)}
              {untilOn && <> until {day(untilOn)}</>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
