import { Card, Columns, Stack } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField, FieldNotes, HiddenField, LongTextField, NumberField } from '../../web/forms/fields.js';
import { Form, useField } from '../../web/forms/form.js';
import type { Day } from '../../maths/day.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { BondTerms, RateCardTerm } from '../contracts/bond-terms.js';
import type { Bond } from '../contracts/bonds.read.js';
import { kindNames, kindNotes } from '../contracts/terms-words.js';
import { type ClaimedMetric, rowsOfLines } from './claim-form.dto.js';
import { begunPeriods, claimTitle, likelyPeriod, periodText } from './claim-words.js';
import type { ClaimLine, OutcomeClaim } from './claims.read.js';

export interface ClaimFormView {
  bond: Bond;
  terms: BondTerms;
  /** The draft that is changed; null for a new one. */
  draft: { claim: OutcomeClaim; lines: ClaimLine[] } | null;
  today: Day;
}

interface Props {
  page: PageContext;
  view: ClaimFormView;
  refusal?: Refusal;
}

/** Claiming the outcomes of a period: a field for each metric of the rate card, or a table from a file. */
export function ClaimFormPage({ page, view, refusal }: Props) {
  const { bond, terms, draft, today } = view;
  const locale = localeOf(page);
  const rows = rowsOf(view, refusal);
  const kept = draft
    ? { period: draft.claim.period, note: draft.claim.note }
    : { period: likelyPeriod(terms, today) };
  const periods = begunPeriods(terms, today).map((period) => ({
    value: String(period.number),
    label: periodText(period, locale),
  }));
  return (
    <Shell page={page}>
      <PageHeader
        title={draft ? `Change ${claimTitle(draft.claim).toLowerCase()}` : 'Claim outcomes'}
        facts={`${bond.reference}, ${bond.title}`}
      />
      <Columns kind="main">
        <Card>
          <Form
            action={draft ? `/claims/${draft.claim.id}/edit` : `/bonds/${bond.id}/claims`}
            csrf={page.csrf}
            locale={locale}
            values={refusal?.values ?? { ...kept, lines: rows }}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit={draft ? 'Save the claim' : 'Draft the claim'}
            cancelHref={draft ? `/claims/${draft.claim.id}` : `/bonds/${bond.id}/claims`}
          >
            {draft && <HiddenField name="version" value={String(draft.claim.version)} />}
            <ChoiceField
              name="period"
              label="Period"
              options={periods}
              help="Of those that have begun. Outcomes of one period may be claimed in several claims."
            />
            <Metrics rows={rows} terms={terms} />
            <LongTextField name="note" label="Note to the verifier" rows={2} maxLength={2000} optional />
          </Form>
        </Card>
        <Stack>
          {!draft && <FromFile page={page} view={view} periods={periods} />}
          <Card title="About people">
            <p>
              Write for each person the identifier that your register has. Only a keyed hash of it is kept:
              the same person gives the same key in this bond, and another one in any other. “A 17” and “a17”
              are one person.
            </p>
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

/** What was typed, or what the draft has; and a row for each metric that it lacks. */
function rowsOf({ terms, draft }: ClaimFormView, refusal: Refusal | undefined): ClaimedMetric[] {
  if (refusal) return (refusal.values.lines as unknown as ClaimedMetric[] | undefined) ?? [];
  const there = draft ? rowsOfLines(draft.lines) : [];
  const missing = terms.rateCard.filter((term) => !there.some(({ metric }) => metric === term.metric));
  return [...there, ...missing.map(({ metric }) => ({ metric }))];
}

function Metrics({ rows, terms }: { rows: readonly ClaimedMetric[]; terms: BondTerms }) {
  const { id, error } = useField('lines');
  return (
    <div id={id} tabIndex={-1}>
      <FieldNotes id={id} error={error} />
      {rows.map((row, index) => (
        <Metric row={row} index={index} term={terms.rateCard.find(({ metric }) => metric === row.metric)} />
      ))}
    </div>
  );
}

function Metric({ row, index, term }: { row: ClaimedMetric; index: number; term: RateCardTerm | undefined }) {
  const name = (field: string) => `lines[${index}].${field}`;
  const { id, error } = useField(name('metric'));
  const kind = term?.kind;
  const byPeople = kind === 'per_person_once';
  const byValue = kind === 'band' || kind === 'threshold' || kind === 'improvement';
  return (
    <fieldset class="tb-metric">
      <legend>
        {term?.title ?? row.metric}
        {kind && (
          <span class="tb-option-note">
            {kindNames[kind]}: {kindNotes[kind]}
          </span>
        )}
      </legend>
      <HiddenField name={name('metric')} value={row.metric} />
      <FieldNotes id={id} error={error} />
      <div class="tb-metric-fields">
        {byValue && <NumberField name={name('value')} label="Value reached" optional quiet />}
        {!byPeople && (
          <NumberField
            name={name('quantity')}
            label={byValue ? 'For how many' : 'How many'}
            unit={term?.unit ?? undefined}
            help={byValue ? 'One, if it is left empty.' : undefined}
            optional
            quiet
          />
        )}
      </div>
      {(byPeople || row.people !== undefined) && (
        <LongTextField
          name={name('people')}
          label="People"
          rows={5}
          help="One a line, as your register names them. Whom this claim has already stands there by a key."
          optional
          quiet
        />
      )}
    </fieldset>
  );
}

function FromFile({
  page,
  view: { bond, terms, today },
  periods,
}: Props & { periods: readonly { value: string; label: string }[] }) {
  const likely = likelyPeriod(terms, today);
  return (
    <Card title="From a file" note="CSV, with the columns metric, quantity, value and person">
      <form
        class="tb-form"
        method="post"
        action={`/bonds/${bond.id}/claims/csv`}
        encType="multipart/form-data"
        data-once
      >
        <input type="hidden" name="_csrf" value={page.csrf} />
        <label class="form-label" for="csv-period">
          Period
        </label>
        <select class="form-select" id="csv-period" name="period">
          {periods.map(({ value, label }) => (
            <option value={value} selected={value === String(likely)}>
              {label}
            </option>
          ))}
        </select>
        <label class="form-label" for="csv-file">
          File
        </label>
        <input class="form-control" id="csv-file" type="file" name="file" accept=".csv,text/csv" required />
        <p class="form-hint">
          A row for each person of a metric that counts people, a row with a number for the others. Metrics of
          this bond:{' '}
          {terms.rateCard.map(({ metric }, index) => (
            <>
              {index > 0 && ', '}
              <code>{metric}</code>
            </>
          ))}
          .
        </p>
        <button class="btn" type="submit">
          Draft from the file
        </button>
      </form>
    </Card>
  );
}
