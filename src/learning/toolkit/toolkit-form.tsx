import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { CheckboxField, MultiChoiceField } from '../../web/forms/choices.js';
import { HiddenField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form, useRowCount } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { ToolkitAnswer } from './toolkit.dto.js';
import type { ToolkitChoice } from './toolkits.choices.js';
import { versionSeen } from '../version-seen.js';

interface Props {
  page: PageContext;
  toolkit: ToolkitAnswer;
  choices: readonly ToolkitChoice[];
  /** The address of the toolkit's own page. */
  home: string;
  refusal?: Refusal;
}

/** Choosing what is shared, and writing pages for it. */
export function ToolkitFormPage({ page, toolkit, choices, home, refusal }: Props) {
  const optionsOf = (wanted: string) =>
    choices.filter(({ kind }) => kind === wanted).map(({ id, title }) => ({ value: id, label: title }));
  return (
    <Shell page={page}>
      <PageHeader
        title="What we share"
        facts="Nobody outside sees it before somebody else has looked at it and published it"
      />
      <Card>
        <Form
          action={home}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? valuesOf(toolkit)}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save the choice"
          cancelHref={home}
        >
          <HiddenField name="version" value={versionSeen(refusal, toolkit.version)} />
          <TextField name="title" label="Title" maxLength={200} />
          <TextField
            name="slug"
            label="Public address"
            maxLength={60}
            help="/toolkit/ and this: small letters, digits and hyphens, such as harbour-towns."
          />
          <LongTextField name="introduction" label="Introduction" rows={3} maxLength={2_000} optional />
          <PageFields />
          <MultiChoiceField
            name="goals"
            label="Goals, with the curves of their indicators"
            options={optionsOf('goal')}
            optional
          />
          <MultiChoiceField
            name="entries"
            label="Learning entries"
            options={optionsOf('learningEntry')}
            optional
          />
          <MultiChoiceField
            name="decisions"
            label="Decisions: the motion and its outcome, no votes"
            options={optionsOf('decision')}
            optional
          />
          <CheckboxField
            name="namesPeople"
            label="Name who wrote an entry"
            help="Without it no member may be named in any text: publishing refuses it."
          />
        </Form>
      </Card>
    </Shell>
  );
}

const blank = 2;

/** The pages there are, and room for some more; those that are left empty are dropped. */
function PageFields() {
  const count = useRowCount('pages') + blank;
  return (
    <fieldset class="tb-field">
      <legend class="form-label">
        Pages of your own <span class="tb-optional">optional</span>
      </legend>
      <p class="tb-field-help">
        <code>## Heading</code>, <code>- item</code>, <code>**strong**</code>, <code>[label](https://…)</code>
        . Save to get room for more.
      </p>
      {Array.from({ length: count }, (_, index) => (
        <details class="tb-more" open={index < count - blank}>
          <summary>Page {index + 1}</summary>
          <TextField
            name={`pages[${index}].title`}
            label="Title of the page"
            maxLength={200}
            optional
            quiet
          />
          <LongTextField
            name={`pages[${index}].body`}
            label="Text"
            rows={8}
            maxLength={20_000}
            optional
            quiet
          />
        </details>
      ))}
    </fieldset>
  );
}

function valuesOf({ items, ...toolkit }: ToolkitAnswer) {
  const idsOf = (wanted: string) =>
    items.flatMap(({ kind, id }) => (kind === wanted && id !== null ? [id] : []));
  return {
    ...toolkit,
    pages: items.flatMap(({ kind, title, body }) => (kind === 'page' ? [{ title, body }] : [])),
    ...{ goals: idsOf('goal'), entries: idsOf('learningEntry'), decisions: idsOf('decision') },
  };
}
