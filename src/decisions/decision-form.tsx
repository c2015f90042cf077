import type { Day } from '../maths/day.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import {
  ChoiceField,
  DayField,
  HiddenField,
  LongTextField,
  NumberField,
  type Option,
  TextField,
} from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { decisionMethods, votingRules } from './decision.rules.js';
import { methodWords, ruleChoices } from './decision-words.js';

export interface DecisionFormView {
  coalitionId: string;
  today: Day;
  /** "grantAward:{id}", by what they are called. */
  subjects: Option[];
  organisations: Option[];
  pools: Option[];
  /** Passed decisions that another may change. */
  amendable: Option[];
}

interface Props {
  page: PageContext;
  view: DecisionFormView;
  /** The draft that is changed; without it a new one is made. */
  draftId?: string;
  values: Readonly<Record<string, unknown>>;
  refusal?: Refusal;
}

/** Drafting a motion: what is asked, of whom, and what carries it. */
export function DecisionFormPage({ page, view, draftId, values, refusal }: Props) {
  const home = coalitionPath(view.coalitionId, 'decisions');
  return (
    <Shell page={page}>
      <PageHeader
        title={draftId ? 'Change the draft' : 'Draft a motion'}
        facts="It is put to the vote when you open it. From then on it stays as it is."
      />
      <Card>
        <Form
          action={draftId ? `/decisions/${draftId}` : home}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={draftId ? 'Save the draft' : 'Keep as a draft'}
          cancelHref={draftId ? `/decisions/${draftId}` : home}
        >
          {draftId && <HiddenField name="version" value={textOf((refusal?.values ?? values).version)} />}
          <TextField name="title" label="Title" maxLength={200} />
          <LongTextField
            name="motion"
            label="The motion"
            rows={7}
            maxLength={10_000}
            help="“That the coalition …”. These are the words that are decided on."
          />
          <About view={view} />
          <HowDecided view={view} />
          <Amending view={view} />
        </Form>
      </Card>
    </Shell>
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function About({ view }: { view: DecisionFormView }) {
  return (
    <>
      <ChoiceField
        name="subject"
        label="What it is about"
        placeholder="A general motion"
        options={view.subjects}
        optional
        help="When it passes, the decision allows just this, once."
      />
      <ChoiceField
        name="concernsId"
        label="Organisation that it would benefit"
        placeholder="None, or said by what it is about"
        options={view.organisations}
        optional
        help="Those who speak for it, work for it, or declared an interest in it do not vote. The award of a grant names its partner by itself."
      />
    </>
  );
}

function HowDecided({ view }: { view: DecisionFormView }) {
  return (
    <>
      <RadioField
        name="method"
        label="One votes"
        options={decisionMethods.map((value) => ({ value, ...methodWords[value] }))}
      />
      <LongTextField
        name="optionLines"
        label="Options"
        rows={3}
        maxLength={2_500}
        optional
        help="One a line. Leave it empty for a plain motion."
      />
      <RadioField
        name="rule"
        label="It is carried by"
        options={votingRules.map((value) => ({ value, ...ruleChoices[value] }))}
      />
      <ChoiceField
        name="weights"
        label="Each vote counts"
        options={[{ value: 'perPerson', label: 'The same: one person, one vote' }, ...view.pools]}
        help="By contributions: what the organisation gave until the vote opens, shared equally by those who speak for it."
      />
      <NumberField
        name="quorumPercent"
        label="Quorum"
        unit="per cent"
        help="So much of the weight that may vote must be cast, abstentions included. Who is recused is not counted."
      />
      <DayField
        name="closesOn"
        label="Last day of the vote"
        min={view.today}
        help="It closes at the end of this day, or when you close it because all have voted."
      />
    </>
  );
}

function Amending({ view }: { view: DecisionFormView }) {
  if (view.amendable.length === 0) return null;
  return (
    <>
      <ChoiceField
        name="amendsId"
        label="Changes an earlier decision"
        placeholder="None"
        options={view.amendable}
        optional
      />
      <RadioField
        name="amendsHow"
        label="And how"
        optional
        options={[
          { value: 'amends', label: 'Amends it', note: 'The rest of it stands.' },
          {
            value: 'supersedes',
            label: 'Stands in its place',
            note: 'The earlier one opens nothing any more.',
          },
        ]}
      />
    </>
  );
}
