import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { DayField, HiddenField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form, useField } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { linkKinds } from '../link-kinds.js';
import type { LearningEntryAnswer } from './learning-entry.dto.js';
import type { Link, NamedLink } from './links.js';
import { versionSeen } from '../version-seen.js';

interface Props {
  page: PageContext;
  action: string;
  cancelHref: string;
  /** What may be linked to. */
  choices: readonly NamedLink[];
  /** The one that is changed; without it a new one is written. */
  entry?: LearningEntryAnswer;
  /** What a new one is linked to from the start. */
  about?: Link;
  today: Day;
  refusal?: Refusal;
}

/** How a form names a link: one text, since a checkbox has one value. */
export const linkText = ({ kind, id }: Link): string => `${kind}:${id}`;

/** An entry: two fields that one needs, two that one may add, and what it is about. */
export function EntryFormPage({ page, action, cancelHref, entry, choices, today, ...more }: Props) {
  const { about, refusal } = more;
  const first = { happenedOn: today, links: about ? [linkText(about)] : [] };
  return (
    <Shell page={page}>
      <PageHeader
        title={entry ? 'Change the entry' : 'What did we learn?'}
        facts="A few lines are enough. What was written before is kept"
      />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? (entry ? valuesOf(entry) : first)}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={entry ? 'Save it' : 'Write it down'}
          cancelHref={cancelHref}
        >
          {entry && <HiddenField name="version" value={versionSeen(refusal, entry.version)} />}
          <TextField
            name="title"
            label="In one sentence"
            maxLength={200}
            help="So that somebody who was not there knows whether to read on."
          />
          <LongTextField name="action" label="What we did" rows={3} maxLength={8_000} />
          <LongTextField name="observation" label="What we saw" rows={3} maxLength={8_000} />
          <LongTextField name="reflection" label="What we make of it" rows={3} maxLength={8_000} optional />
          <LongTextField name="nextStep" label="What we do next" rows={2} maxLength={8_000} optional />
          <DayField name="happenedOn" label="When it was" max={today} />
          <TextField
            name="tags"
            label="Tags"
            maxLength={420}
            optional
            help="Words to find it by, with commas between them: outreach, schools."
          />
          <LinkChoices choices={choices} />
        </Form>
      </Card>
    </Shell>
  );
}

const valuesOf = (entry: LearningEntryAnswer) => ({
  ...entry,
  tags: entry.tags.join(', '),
  links: entry.links.map(linkText),
});

/** What it is about, kind by kind: those with something chosen are open. */
function LinkChoices({ choices }: { choices: readonly NamedLink[] }) {
  const { id, value, error } = useField('links');
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <fieldset class={error ? 'tb-field tb-field-refused' : 'tb-field'} id={id} tabIndex={-1}>
      <legend class="form-label">
        What it is about <span class="tb-optional">optional</span>
      </legend>
      <p class="tb-field-help">It shows on the page of each, too.</p>
      {error && <p class="tb-field-error">{error}</p>}
      {linkKinds
        .map((kind) => ({ ...kind, own: choices.filter((choice) => choice.kind === kind.kind) }))
        .filter(({ own }) => own.length > 0)
        .map(({ many, own }) => {
          const count = own.filter((choice) => chosen.includes(linkText(choice))).length;
          return (
            <details class="tb-more tb-link-kind" open={count > 0}>
              <summary>
                {many}
                <span class="tb-quiet">
                  {' '}
                  {count > 0 ? `${count} of ${own.length}` : plural(own.length, 'choice')}
                </span>
              </summary>
              <div class="tb-options">
                {own.map((choice) => (
                  <label class="tb-option">
                    <input
                      class="form-check-input"
                      type="checkbox"
                      name="links[]"
                      value={linkText(choice)}
                      checked={chosen.includes(linkText(choice))}
                    />
                    <span>{choice.title}</span>
                  </label>
                ))}
              </div>
            </details>
          );
        })}
    </fieldset>
  );
}
