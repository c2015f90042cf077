import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { ChoiceField, DayField, LongTextField, type Option } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { InterestAnswer, InterestsQuery } from './interest.dto.js';

export interface InterestsView {
  coalitionId: string;
  interests: Page<InterestAnswer>;
  query: InterestsQuery;
  organisations: Option[];
  /** For the backbone, which may record those of others. */
  people: Option[];
  /** Who looks. */
  personId: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: InterestsView;
  refusal?: Refusal;
}

/** The conflict register: what people have to do with organisations besides their seats. */
export function InterestsPage({ page, view, refusal }: Props) {
  const { coalitionId, interests, query } = view;
  const home = `${coalitionPath(coalitionId)}/interests`;
  return (
    <Shell page={page}>
      <PageHeader
        title="Conflict register"
        facts={`${plural(interests.total, 'interest')} declared; seats and employers are found by themselves`}
      />
      <Columns kind="main">
        <ListCard
          page={page}
          title="Declared interests"
          home={home}
          api={`/api/v1${home}`}
          query={query}
          list={interests}
        >
          <List page={page} view={view} home={home} />
        </ListCard>
        <Declare page={page} view={view} refusal={refusal} home={home} />
      </Columns>
    </Shell>
  );
}

function List({ page, view, home }: Props & { home: string }) {
  const locale = page.person?.locale ?? 'en-GB';
  const mayEnd = ({ personId, standing }: InterestAnswer) =>
    standing !== 'ended' && (personId === view.personId || isBackbone(page));
  return (
    <Table
      caption="Interests that people declared"
      rows={view.interests.items}
      rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
      sorting={sortingOf(home, view.query, 'person')}
      empty={{
        icon: 'users',
        title: 'Nobody declared an interest yet',
        text: 'A board seat, a loan, a relative: declared here, it is found by itself when a motion concerns the organisation.',
      }}
      columns={[
        {
          heading: 'Person',
          sort: 'person',
          cell: ({ person, personId }) => (
            <a href={`${coalitionPath(view.coalitionId, 'people')}/${personId}`}>{person}</a>
          ),
        },
        {
          heading: 'In',
          sort: 'organisation',
          cell: ({ organisation, organisationId, nature }) => (
            <>
              <a href={`/organisations/${organisationId}`}>{organisation}</a>
              <br />
              <span class="tb-quiet">{nature}</span>
            </>
          ),
        },
        {
          heading: 'From',
          sort: 'sinceOn',
          wideOnly: true,
          cell: ({ sinceOn }) => <DayText day={sinceOn} today={view.today} locale={locale} />,
        },
        {
          heading: 'To',
          wideOnly: true,
          cell: ({ untilOn }) => untilOn && <DayText day={untilOn} today={view.today} locale={locale} />,
        },
        {
          heading: 'Actions',
          kind: 'actions',
          cell: (interest) =>
            mayEnd(interest) && <ActionLink label="End" href={`/interests/${interest.id}/end`} small />,
        },
      ]}
    />
  );
}

const isBackbone = (page: PageContext): boolean => page.coalition?.roles.includes('backbone') ?? false;

function Declare({ page, view, refusal, home }: Props & { home: string }) {
  return (
    <Card title="Declare an interest">
      <Form
        action={home}
        csrf={page.csrf}
        locale={page.person?.locale ?? 'en-GB'}
        values={refusal?.values ?? { sinceOn: view.today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Declare it"
      >
        {isBackbone(page) && (
          <ChoiceField name="personId" label="Of" placeholder="Myself" options={view.people} optional />
        )}
        <ChoiceField name="organisationId" label="In" placeholder="Choose" options={view.organisations} />
        <LongTextField
          name="nature"
          label="What it is"
          rows={3}
          maxLength={500}
          help="“I am a trustee of it, unpaid.”"
        />
        <DayField name="sinceOn" label="From" />
        <DayField name="untilOn" label="To" optional help="Leave it empty while it goes on." />
      </Form>
    </Card>
  );
}
