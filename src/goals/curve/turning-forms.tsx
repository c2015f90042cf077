import type { Day } from '../../maths/day.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card, Columns } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import {
  ChoiceField,
  DayField,
  HiddenField,
  LongTextField,
  type Option,
  TextField,
} from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { Series } from '../series/series.js';
import type { CurveAction, CurvePartner } from './turning.read.js';
import type { CurveSection } from './turning.rules.js';

export const sectionTitles: Record<CurveSection, string> = {
  story: 'The story behind the curve',
  whatWorks: 'What works',
};

interface FormProps {
  page: PageContext;
  series: Series;
  refusal?: Refusal;
}

const shared = ({ page, refusal }: { page: PageContext; refusal?: Refusal }) => ({
  ...{
    csrf: page.csrf,
    locale: page.person?.locale ?? 'en-GB',
    errors: refusal?.errors,
    detail: refusal?.detail,
  },
});

/** Writing the story, or what works, anew. */
export function TextFormPage(props: FormProps & { section: CurveSection; body: string }) {
  const { page, series, section, body, refusal } = props;
  const path = `/indicators/${series.id}`;
  return (
    <Shell page={page}>
      <PageHeader title={sectionTitles[section]} facts={series.name} />
      <Card>
        <Form
          {...shared(props)}
          action={`${path}/texts/${section}`}
          values={refusal?.values ?? { body }}
          submit="Save it"
          cancelHref={`${path}#${section}`}
        >
          <LongTextField
            name="body"
            label={sectionTitles[section]}
            rows={10}
            maxLength={8000}
            help="What was written before stays in sight, as an earlier version."
          />
        </Form>
      </Card>
    </Shell>
  );
}

/** Who has a part to play: named, and taken off. */
export function PartnersFormPage(
  props: FormProps & { partners: readonly CurvePartner[]; organisations: Option[] },
) {
  const { page, series, partners, organisations, refusal } = props;
  const path = `/indicators/${series.id}`;
  return (
    <Shell page={page}>
      <PageHeader title="Partners" facts={series.name} />
      <Columns>
        <Card title="Who has a part to play" flush>
          <Table
            caption="Partners"
            rows={partners}
            empty={{ icon: 'users', title: 'Nobody is named yet' }}
            columns={[
              { heading: 'Partner', cell: ({ name }) => name },
              { heading: 'Brings', cell: ({ contribution }) => contribution },
              {
                heading: 'Take off',
                kind: 'actions',
                cell: ({ id }) => (
                  <ActionButton
                    label="Take off"
                    action={`/curve-partners/${id}/remove`}
                    csrf={page.csrf}
                    small
                  />
                ),
              },
            ]}
          />
        </Card>
        <Card title="Name a partner">
          <Form
            {...shared(props)}
            action={`${path}/partners`}
            values={refusal?.values ?? {}}
            submit="Name the partner"
            cancelHref={`${path}#partners`}
          >
            <ChoiceField
              name="organisationId"
              label="Organisation of the coalition"
              optional
              options={organisations}
              placeholder="None of them"
            />
            <TextField name="name" label="Or somebody else" optional maxLength={200} />
            <TextField name="contribution" label="What they bring" optional maxLength={500} />
          </Form>
        </Card>
      </Columns>
    </Shell>
  );
}

/** Adding an action; or changing one that is open, and saying that it is over. */
export function ActionFormPage(
  props: FormProps & { people: Option[]; today: Day; action?: CurveAction; endRefusal?: Refusal },
) {
  const { page, series, people, today, action, refusal, endRefusal } = props;
  const path = `/indicators/${series.id}`;
  const values: Record<string, unknown> = refusal?.values ?? { ...(action ?? { startsOn: today }) };
  const isOpen = action === undefined || action.state === 'open';
  return (
    <Shell page={page}>
      <PageHeader title={action?.title ?? 'Add an action'} facts={series.name} />
      {isOpen ? (
        <Card title={action ? 'Change it' : undefined}>
          <Form
            {...shared(props)}
            action={action ? `/curve-actions/${action.id}` : `${path}/actions`}
            values={values}
            submit={action ? 'Save the changes' : 'Add the action'}
            cancelHref={`${path}#actions`}
          >
            {action && <Version action={action} values={values} />}
            <TextField name="title" label="What is done" maxLength={200} />
            <LongTextField name="detail" label="How" optional rows={3} maxLength={2000} />
            <ChoiceField name="ownerId" label="Owner" options={people} placeholder="Choose somebody" />
            <DayField name="startsOn" label="From" help="Where its mark stands on the curve." />
            <DayField name="dueOn" label="Done by" />
          </Form>
        </Card>
      ) : (
        <p class="tb-notice">
          It is {action.state} since {action.endedOn}. {action.note}
        </p>
      )}
      {action && isOpen && <EndCard page={page} action={action} today={today} refusal={endRefusal} />}
    </Shell>
  );
}

const Version = ({ action, values }: { action: CurveAction; values: Record<string, unknown> }) => (
  <HiddenField
    name="version"
    value={typeof values.version === 'string' ? values.version : String(action.version)}
  />
);

function EndCard(props: { page: PageContext; action: CurveAction; today: Day; refusal?: Refusal }) {
  const { action, today, refusal } = props;
  const values: Record<string, unknown> = refusal?.values ?? { endedOn: today };
  const address = `/curve-actions/${action.id}`;
  return (
    <Card title="It is over">
      <Form
        {...shared(props)}
        action={`${address}/drop`}
        values={values}
        submit="Drop it"
        also={{ label: 'It is done', action: `${address}/finish` }}
      >
        <Version action={action} values={values} />
        <DayField name="endedOn" label="On" max={today} />
        <TextField
          name="note"
          label="What came of it"
          optional
          maxLength={1000}
          help="Needed where it is dropped: why."
        />
      </Form>
    </Card>
  );
}
