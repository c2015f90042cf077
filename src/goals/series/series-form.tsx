import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { RadioField } from '../../web/forms/choices.js';
import {
  ChoiceField,
  DayField,
  HiddenField,
  LongTextField,
  NumberField,
  type Option,
  TextField,
} from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import {
  formulas,
  inputParts,
  measureKinds,
  polarities,
  type Series,
  type SeriesKind,
  usualBands,
} from './series.js';
import { formulaWords, frequencyWords, measureKindWords, partWords, polarityWords } from './series-words.js';

export interface SeriesChoices {
  people: Option[];
  organisations: Option[];
  /** Of the same kind, read by hand: what it may be calculated from. */
  inputs: Option[];
}

interface Props {
  page: PageContext;
  kind: SeriesKind;
  goalName: string;
  action: string;
  cancelHref: string;
  choices: SeriesChoices;
  /** The one that is changed; without it a new one is added. */
  series?: Series;
  refusal?: Refusal;
}

/** Adding an indicator or a performance measure, or changing what it says. */
export function SeriesFormPage(props: Props) {
  const { page, kind, goalName, action, cancelHref, choices, series, refusal } = props;
  const noun = kind === 'indicator' ? 'indicator' : 'performance measure';
  const values: Record<string, unknown> = refusal?.values ?? (series ? valuesOf(series) : newValues);
  return (
    <Shell page={page}>
      <PageHeader
        title={series ? `Change ${series.name}` : `Add ${kind === 'indicator' ? 'an' : 'a'} ${noun}`}
        facts={
          kind === 'indicator'
            ? `Of the whole population that “${goalName}” is about`
            : `Of a programme that works towards “${goalName}”; it is never added to an indicator`
        }
      />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={series ? 'Save the changes' : `Add the ${noun}`}
          cancelHref={cancelHref}
        >
          {series && (
            <HiddenField
              name="version"
              value={typeof values.version === 'string' ? values.version : String(series.version)}
            />
          )}
          <TermsFields choices={choices} kind={kind} isNew={!series} />
        </Form>
      </Card>
    </Shell>
  );
}

function TermsFields({ choices, kind, isNew }: { choices: SeriesChoices; kind: SeriesKind; isNew: boolean }) {
  return (
    <>
      <TextField name="name" label="Name" maxLength={200} help="What is measured, in a few words." />
      {isNew && kind === 'measure' && <ProgrammeFields choices={choices} />}
      <LongTextField
        name="definition"
        label="Definition"
        optional
        rows={2}
        maxLength={2000}
        help="Who or what is counted, and when."
      />
      <TextField name="unit" label="Unit" maxLength={60} help="Such as “% of children” or “families”." />
      <NumberField
        name="places"
        label="Digits after the point"
        help="As it is shown; what is kept is exact."
      />
      {isNew && <AgreementFields choices={choices} kind={kind} />}
      <DayField name="baselineOn" label="Baseline day" optional />
      <TextField name="baseline" label="Baseline value" optional help="A plain number, such as 61.5." />
      {isNew && (
        <PointsField name="targets" legend="Targets" help="Between two of them the line is straight." />
      )}
      <NumberField name="green" label="Green from" unit="% of target" optional />
      <NumberField name="amber" label="Amber from" unit="% of target" optional />
      <NumberField name="red" label="Red from" unit="% of target" optional />
      <RowsField
        name="parts"
        legend="Told apart by"
        help="Such as Area, with its categories separated by semicolons: North ward; South ward."
        columns={[
          { name: 'dimension', label: 'What', kind: 'text' },
          { name: 'categories', label: 'Categories', kind: 'text' },
        ]}
        blank={1}
        most={6}
      />
      <TextField name="source" label="Usual source" optional maxLength={500} />
      <LongTextField
        name="method"
        label="Method"
        optional
        rows={2}
        maxLength={2000}
        help="How it is taken."
      />
      <ChoiceField
        name="responsibleId"
        label="Responsible"
        optional
        options={choices.people}
        placeholder="The backbone"
        help="Writes down the readings, and is reminded of them."
      />
    </>
  );
}

function ProgrammeFields({ choices }: { choices: SeriesChoices }) {
  return (
    <>
      <RadioField
        name="measureKind"
        label="It asks"
        options={measureKinds.map((value) => ({ value, label: measureKindWords[value] }))}
      />
      <TextField name="programme" label="Programme" maxLength={200} />
      <ChoiceField
        name="organisationId"
        label="Partner"
        optional
        options={choices.organisations}
        placeholder="None in particular"
        help="Its people may write down the readings."
      />
    </>
  );
}

/** What stays as it is agreed now. */
function AgreementFields({ choices, kind }: { choices: SeriesChoices; kind: SeriesKind }) {
  return (
    <>
      <RadioField
        name="polarity"
        label="Which way is better"
        options={polarities.map((value) => ({ value, label: polarityWords[value] }))}
      />
      <ChoiceField
        name="frequency"
        label="How often it is read"
        options={Object.entries(frequencyWords).map(([value, label]) => ({ value, label }))}
        help="This, and when it is due, stays as it is agreed now."
      />
      <NumberField name="dueAfterDays" label="Due after a period" unit="days" />
      <ChoiceField
        name="formula"
        label="Calculated"
        optional
        options={formulas.map((value) => ({ value, label: formulaWords[value] }))}
        placeholder="No: it is read by hand"
        help="What is calculated takes no readings of its own."
      />
      {choices.inputs.length > 0 && (
        <RowsField
          name="inputs"
          legend="Calculated from"
          help={`Other ${kind === 'indicator' ? 'indicators' : 'performance measures'} only, read as often.`}
          columns={[
            { name: 'id', label: 'What', kind: 'choice', options: choices.inputs },
            {
              ...{ name: 'part', label: 'Which', kind: 'choice' },
              options: inputParts.map((value) => ({ value, label: partWords[value] })),
            },
          ]}
          blank={2}
          most={40}
        />
      )}
    </>
  );
}

/** Points of a trajectory: a day and a value each. */
export function PointsField({ name, legend, help }: { name: string; legend: string; help: string }) {
  return (
    <RowsField
      {...{ name, legend, help }}
      columns={[
        { name: 'on', label: 'Day', kind: 'day' },
        { name: 'value', label: 'Value', kind: 'text' },
      ]}
    />
  );
}

const bandValues = (bands: Series['bands']) =>
  Object.fromEntries(bands.map(({ colour, atLeastPercentOfTarget }) => [colour, atLeastPercentOfTarget]));

const newValues = {
  ...{ polarity: 'up', frequency: 'year', dueAfterDays: '45', places: '1', measureKind: 'howMuch' },
  ...bandValues([...usualBands]),
};

const valuesOf = (series: Series): Record<string, unknown> => ({
  ...{ name: series.name, definition: series.definition, unit: series.unit, places: series.places },
  ...{ baselineOn: series.baselineOn, baseline: series.baseline, source: series.source },
  ...{ method: series.method, responsibleId: series.responsibleId, ...bandValues(series.bands) },
  parts: series.disaggregation.map(({ dimension, categories }) => ({
    dimension,
    categories: categories.join('; '),
  })),
});
