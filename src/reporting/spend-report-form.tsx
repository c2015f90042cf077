import { parseAmount, sum } from '../maths/money.js';
import { MathsError } from '../maths/maths-error.js';
import { AmountField, FieldNotes, HiddenField, LongTextField, TextField } from '../web/forms/fields.js';
import { Form, savedId, useField } from '../web/forms/form.js';
import { Card } from '../web/components/card.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Notice } from '../web/components/problem.js';
import { dayText, instantText, moneyText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { ReadingFields } from './readings/reading-fields.js';
import { CommentsAt } from './field-comments.js';
import { contentOf } from './report-content.js';
import { type SeenContent, seenOf } from './report-merge.rules.js';
import { Balance } from './spend-balance.js';
import { whyNotYet } from './spend-report.rules.js';
import type { SpendReport } from './spend-reports.read.js';

interface Props {
  page: PageContext;
  report: SpendReport;
  refusal?: Refusal;
  /** Who saved it last, and when. */
  last?: { who: string; at: Date };
}

/** The partner's report: money by goal with its balance, the story, what was learnt. Saved in passing. */
export function SpendReportForm({ page, report, refusal, last: saved }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const address = `/spend-reports/${report.id}`;
  const last = saved && `Saved ${instantText(saved.at, report.timeZone, locale)} by ${saved.who}`;
  const wait = whyNotYet(report, report.today, (day) => dayText(day, locale));
  return (
    <Form
      action={address}
      csrf={page.csrf}
      locale={locale}
      submit="Save the draft"
      also={wait === null ? { label: 'Submit the report', action: `${address}/submit` } : undefined}
      autosave={{
        action: `${address}/autosave`,
        state: <Saved {...standingOn(report, refusal)} last={last} />,
      }}
      errors={refusal?.errors}
      detail={refusal?.detail}
      values={refusal?.values ?? valuesOf(report)}
    >
      {wait !== null && <Notice text={`You can write already. ${wait}`} />}
      <Card
        title="Money by goal"
        note="What was spent on each goal, roughly or to the penny. Nothing finer is asked for."
      >
        <SpendByGoal report={report} locale={locale} refusal={refusal} />
      </Card>
      <ReadingFields report={report} locale={locale} />
      <Card title="Story">
        <CommentsAt report={report} pointer="/story" locale={locale} openOnly />
        <LongTextField
          name="story"
          label="What did the money make possible?"
          rows={7}
          maxLength={20_000}
          help="A few sentences are enough. One report serves every funder."
        />
      </Card>
      <Card title="Learning">
        <CommentsAt report={report} pointer="/learning" locale={locale} openOnly />
        <LongTextField
          name="learning"
          label="What did you learn, and what will you do differently?"
          rows={4}
          maxLength={20_000}
          optional
        />
      </Card>
    </Form>
  );
}

function SpendByGoal({
  report,
  locale,
  refusal,
}: {
  report: SpendReport;
  locale: string;
  refusal?: Refusal;
}) {
  const { goals, currency, opening, received, coalitionId } = report;
  const { id, error } = useField('lines');
  if (goals.length === 0) {
    return (
      <EmptyState
        icon="target"
        title="There is no goal to report on yet"
        text="Spend is reported by goal. Ask the backbone to add the coalition’s goals; then they appear here."
        action={{ label: 'See the goals', href: coalitionPath(coalitionId, 'goals') }}
      />
    );
  }
  const spent = refusal ? spentIn(refusal.values, currency) : report.spent;
  return (
    <div
      class={error ? 'tb-field tb-field-refused' : 'tb-field'}
      id={id}
      tabIndex={-1}
      data-balance={opening === null ? undefined : (opening + received).toString()}
    >
      <FieldNotes id={id} error={error} />
      <ul class="tb-spend">
        {goals.map((goal, index) => (
          <li>
            <span class="tb-spend-goal" aria-hidden="true">
              {goal.name}
            </span>
            <HiddenField name={`lines[${index}].goalId`} value={goal.id} />
            <AmountField
              name={`lines[${index}].amount`}
              label={`Spent on ${goal.name}`}
              currency={currency}
              compact
              optional
            />
            <TextField
              name={`lines[${index}].note`}
              label={`A note on ${goal.name}`}
              placeholder="A note, if you like"
              maxLength={500}
              compact
              optional
            />
            <div class="tb-spend-comments">
              <CommentsAt report={report} pointer={`/lines/${goal.id}`} locale={locale} openOnly />
            </div>
          </li>
        ))}
      </ul>
      <Balance
        report={{ ...report, spent, closing: opening === null ? null : opening + received - spent }}
        locale={locale}
        live
      />
    </div>
  );
}

/** What stands in the fields: a row for each goal, in the goals' order. */
function valuesOf({
  goals,
  lines,
  readings,
  story,
  learning,
  currency,
}: SpendReport): Record<string, unknown> {
  return {
    story,
    learning,
    lines: goals.map(({ id }) => {
      const line = lines.find(({ goalId }) => goalId === id);
      const amount = line && line.amount > 0n ? moneyText(line.amount, currency, 'en-GB', false) : '';
      return { goalId: id, amount, note: line?.note ?? '' };
    }),
    readings: readings.map(({ source, method, note, values }) => ({
      ...{ source, method, note },
      values: values.map(({ value }) => ({ value: value ?? '' })),
    })),
  };
}

/** What was typed as spent, as far as it can be read. */
function spentIn(values: Refusal['values'], currency: string): bigint {
  const rows = Array.isArray(values.lines) ? values.lines : [];
  return sum(
    rows.map((row) => {
      const typed = typeof row === 'object' && !Array.isArray(row) ? row.amount : undefined;
      try {
        return typeof typed === 'string' ? parseAmount(typed, currency) : 0n;
      } catch (error) {
        if (error instanceof MathsError) return 0n;
        throw error;
      }
    }),
  );
}

interface SavedProps {
  /** The version that the fields were typed over. */
  version: number;
  /** Marks of what stands in the fields. */
  seen?: SeenContent;
  /** Whether somebody else has written in other fields meanwhile. */
  others?: boolean;
  /** Who saved it last, in words. */
  last?: string;
  /** When it was saved in passing, if it was just now. */
  at?: { instant: Date; timeZone: string; locale: string };
  /** Why it could not be saved. */
  not?: string;
}

/** In the form's foot: which version it stands on, and whether what was typed is saved. */
export function Saved({ version, seen, others, last, at, not }: SavedProps) {
  return (
    <span
      class={not ? 'tb-saved tb-saved-not' : 'tb-saved'}
      id={savedId}
      role="status"
      data-saved={at ? '' : undefined}
    >
      <HiddenField name="version" value={String(version)} />
      {seen && <SeenFields seen={seen} />}
      {!at && !not && last}
      {at && `Saved ${instantText(at.instant, at.timeZone, at.locale)}`}
      {at && others && ', beside what somebody else wrote: open the page again to see it'}
      {not && `Not saved: ${not}`}
    </span>
  );
}

function SeenFields({ seen }: { seen: SeenContent }) {
  return (
    <>
      <HiddenField name="seen.story" value={seen.story} />
      <HiddenField name="seen.learning" value={seen.learning} />
      {seen.lines.map(({ goalId, mark }, index) => (
        <>
          <HiddenField name={`seen.lines[${index}].goalId`} value={goalId} />
          <HiddenField name={`seen.lines[${index}].mark`} value={mark} />
        </>
      ))}
      {seen.readings.map(({ at, mark }, index) => (
        <>
          <HiddenField name={`seen.readings[${index}].at`} value={at} />
          <HiddenField name={`seen.readings[${index}].mark`} value={mark} />
        </>
      ))}
    </>
  );
}

/**
 * What a form stands on. One that was refused stands on what it stood on before, so that what somebody else wrote
 * meanwhile is still noticed; unless that was the reason, and has just been read.
 */
function standingOn(report: SpendReport, refusal?: Refusal): Pick<SavedProps, 'version' | 'seen'> {
  const isRead = !refusal || refusal.errors.some(({ code }) => code === 'staleVersion');
  const before = isRead ? undefined : seenIn(refusal.values);
  return { version: report.version, seen: before ?? seenOf(contentOf(report)) };
}

/** The marks that a form sent with it. */
export function seenIn({ seen }: Refusal['values']): SeenContent | undefined {
  if (typeof seen !== 'object' || Array.isArray(seen)) return undefined;
  const { story, learning, lines, readings } = seen;
  if (typeof story !== 'string' || typeof learning !== 'string') return undefined;
  return {
    ...{ story, learning },
    lines: marksIn(lines, 'goalId').map(([goalId, mark]) => ({ goalId, mark })),
    readings: marksIn(readings, 'at').map(([at, mark]) => ({ at, mark })),
  };
}

/** The marks of a list, each with what names it. */
function marksIn(rows: unknown, key: string): [name: string, mark: string][] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown): [string, string][] => {
    const { [key]: name, mark } = (row ?? {}) as Record<string, unknown>;
    return typeof name === 'string' && typeof mark === 'string' ? [[name, mark]] : [];
  });
}
