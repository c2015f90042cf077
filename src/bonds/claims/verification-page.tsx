import { Card, Columns, Stack } from '../../web/components/card.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { MultiChoiceField, RadioField } from '../../web/forms/choices.js';
import { HiddenField, LongTextField, NumberField } from '../../web/forms/fields.js';
import { Form, useField } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { RateCardTerm } from '../contracts/bond-terms.js';
import { kindNames } from '../contracts/terms-words.js';
import { verdicts } from './claim.rules.js';
import type { ClaimView } from './claim-view.js';
import { claimedText, claimTitle, periodText, shortKey, verdictNotes } from './claim-words.js';
import type { ClaimLine } from './claims.read.js';
import { EvidenceCard } from './evidence-card.js';
import { PreviewCard, previewId, type TriedOut } from './preview-card.js';

interface Props {
  page: PageContext;
  /** `preview` is null where there is nothing to verify; `values` are what stands in the form of the findings. */
  view: ClaimView & { preview: TriedOut | null; values: Readonly<Record<string, unknown>> };
  refusals: { verify?: Refusal; reject?: Refusal };
}

const names = { accepted: 'Accept', reduced: 'Reduce', rejected: 'Reject' } as const;

/** The verifier’s page: what was found of each line, with what it rests on beside. */
export function VerificationPage({ page, view, refusals }: Props) {
  const { claim, bond } = view;
  const locale = localeOf(page);
  const period = { number: claim.period, from: claim.periodFrom, to: claim.periodTo };
  return (
    <Shell page={page}>
      <PageHeader
        title={`Verify ${claimTitle(claim).toLowerCase()}`}
        facts={
          <>
            <StatusBadge of="claim" state={claim.state} />
            <span>{periodText(period, locale)}</span>
            <a href={`/claims/${claim.id}`}>The claim</a>
          </>
        }
      />
      {claim.state !== 'submitted' && (
        <Notice kind="warning" text={`The claim is ${claim.state}: there is nothing to verify.`} />
      )}
      <Columns kind="main">
        {claim.state === 'submitted' ? (
          <Findings page={page} view={view} refusal={refusals.verify} />
        ) : (
          <Card title="Nothing to verify" />
        )}
        <Stack>
          {view.preview && <PreviewCard tried={view.preview} terms={view.terms} locale={locale} />}
          <Card title="The claim">
            <KeyValue
              pairs={[
                ['Provider', bond.provider],
                ['Made by', claim.madeByName],
                ['Note', claim.note !== '' && claim.note],
                ['Contract', <a href={`/bonds/${bond.id}`}>Version {claim.termsNumber}</a>],
              ]}
            />
          </Card>
          <EvidenceCard page={page} view={view} />
          {claim.state === 'submitted' && <RejectAll page={page} view={view} refusal={refusals.reject} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

type FormProps = Omit<Props, 'refusals'> & { refusal?: Refusal };

function Findings({ page, view: { claim, lines, terms, values }, refusal }: FormProps) {
  const preview = `/claims/${claim.id}/preview`;
  return (
    <Card
      title="What you found"
      note="What it comes to is worked out at once, and the payers are invoiced. It is not taken back."
    >
      <Form
        action={`/claims/${claim.id}/verify`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={values}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit={`Verify ${plural(lines.length, 'line')} and invoice the payers`}
        live={{ action: preview, id: previewId }}
        cancelHref={`/claims/${claim.id}`}
      >
        {lines.map((line, index) => (
          <Finding
            line={line}
            index={index}
            term={terms.rateCard.find(({ metric }) => metric === line.metric)}
          />
        ))}
        <LongTextField name="note" label="What you say of the whole" rows={2} maxLength={2000} optional />
        <noscript>
          <button class="btn" type="submit" formAction={preview}>
            Preview what it comes to
          </button>
        </noscript>
      </Form>
    </Card>
  );
}

function Finding({ line, index, term }: { line: ClaimLine; index: number; term: RateCardTerm | undefined }) {
  const name = (field: string) => `lines[${index}].${field}`;
  return (
    <fieldset class="tb-metric">
      <legend>
        {term?.title ?? line.metric}: {claimedText(line)}
        {term && <span class="tb-option-note">{kindNames[term.kind]}</span>}
      </legend>
      <HiddenField name={name('lineId')} value={line.id} />
      <div class="tb-finding">
        <RadioField
          name={name('verdict')}
          label="Verdict"
          options={verdicts.map((verdict) => ({
            ...{ value: verdict, label: names[verdict], note: verdictNotes[verdict] },
          }))}
        />
        <div>
          {line.quantity !== null && (
            <NumberField
              name={name('quantity')}
              label={`Reduced to, of ${line.quantity}`}
              unit={term?.unit ?? undefined}
              optional
              quiet
            />
          )}
          {line.value !== null && (
            <NumberField name={name('value')} label={`Value, instead of ${line.value}`} optional quiet />
          )}
          <LongTextField
            name={name('reason')}
            label="Reason"
            help="Needed unless all is accepted."
            rows={3}
            maxLength={500}
            optional
            quiet
          />
        </div>
      </div>
      {line.people.length > 0 && <People line={line} name={name('notAccepted')} />}
    </fieldset>
  );
}

function People({ line: { people }, name }: { line: ClaimLine; name: string }) {
  const { value, error } = useField(name);
  return (
    <details class="tb-people" open={Array.isArray(value) || error !== undefined || people.length <= 24}>
      <summary>Who does not count, of {plural(people.length, 'person', 'people')}</summary>
      <MultiChoiceField
        name={name}
        label="Tick who does not count, and reduce the line"
        options={people.map(({ key }) => ({ value: key, label: shortKey(key) }))}
        optional
        quiet
      />
    </details>
  );
}

function RejectAll({ page, view: { claim }, refusal }: FormProps) {
  return (
    <Card title="Reject it whole" note="Nothing of it is paid; it may be claimed again">
      <Form
        action={`/claims/${claim.id}/reject`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? {}}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Reject the claim"
        plain
      >
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}
