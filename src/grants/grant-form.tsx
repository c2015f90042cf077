import type { Day } from '../maths/day.js';
import type { OverheadSplit } from '../maths/overhead.js';
import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { MultiChoiceField, RadioField } from '../web/forms/choices.js';
import {
  AmountField,
  ChoiceField,
  DayField,
  HiddenField,
  NumberField,
  type Option,
  TextField,
} from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { FieldError } from '../platform/errors/domain-error.js';
import { grantModes, reportingFrequencies } from './grant.rules.js';
import type { GrantSchedule } from './grant-schedule.js';
import { asLine } from './grant-view.js';
import type { GrantRow } from './grants.read.js';
import { formatAmount } from '../maths/money.js';
import { milestoneEvents, type ReportingDay } from './reporting-terms.js';
import { eventNames } from './triggers/trigger-words.js';
import { RowsField } from '../web/forms/rows.js';
import { ShapeFields, shapeValues } from './schedule-fields.js';
import { shapeText, templatesPath } from './schedule-templates/schedule-template-words.js';
import type { ScheduleTemplateRow } from './schedule-templates/schedule-templates.read.js';
import { ScheduleTable } from './schedule-table.js';
import { percentOfRate } from './uplift-percent.js';
import { frequencyNames, modeNames, modeNotes } from './words.js';

export interface GrantFormView {
  coalitionId: string;
  pool: { id: string; name: string; currency: string };
  /** The draft that is changed; without it a new one is made. */
  grant: GrantRow | undefined;
  partners: readonly Option[];
  goals: readonly Option[];
  /** Saved schedules that it can begin with, and the one it did. */
  templates: readonly ScheduleTemplateRow[];
  templateId: string | undefined;
  today: Day;
}

interface Props {
  page: PageContext;
  view: GrantFormView;
  /** What stands in the fields. */
  values: Readonly<Record<string, unknown>>;
  errors?: readonly FieldError[];
  detail?: string;
  /** What the schedule would come to, when that was asked for. */
  preview?: SchedulePreview;
}

/** A schedule as it would be, and how much of it were overhead. */
export type SchedulePreview = GrantSchedule & { overhead?: OverheadSplit };

/** Drafting a grant, or changing a draft; its schedule can be looked at before anything is saved. */
export function GrantFormPage({ page, view, values, errors, detail, preview }: Props) {
  const { pool, grant } = view;
  const address = grant ? `/grants/${grant.id}` : `/pools/${pool.id}/grants`;
  return (
    <Shell page={page}>
      <PageHeader
        title={grant ? `Change ${grant.reference}` : 'Draft a grant'}
        facts={`From ${pool.name}. Nothing is promised until somebody else awards it.`}
      />
      <SavedSchedules view={view} />
      {preview && <Preview page={page} view={view} preview={preview} />}
      <Card title={preview ? 'What you typed' : undefined}>
        <Form
          action={`${address}/preview`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={errors}
          detail={detail}
          submit="Preview the schedule"
          also={{ label: 'Save the draft', action: address }}
          cancelHref={grant ? address : coalitionPath(view.coalitionId, 'grants')}
        >
          {typeof values.version === 'string' && <HiddenField name="version" value={values.version} />}
          <WhatFields view={view} />
          <AmountFields currency={pool.currency} />
          <ShapeFields currency={pool.currency} />
          <ReportFields currency={pool.currency} />
        </Form>
      </Card>
    </Shell>
  );
}

/** Saved schedules to begin with: each fills the fields, which can be changed before anything is saved. */
function SavedSchedules({ view: { coalitionId, pool, grant, templates, templateId } }: Pick<Props, 'view'>) {
  if (templates.length === 0) return null;
  const form = grant ? `/grants/${grant.id}/edit` : `/pools/${pool.id}/grants/new`;
  return (
    <Card
      title="Begin with a saved schedule"
      note="It fills the fields below with a copy, for this grant to change"
      actions={<ActionLink small label="All of them" href={templatesPath(coalitionId)} />}
    >
      <ul class="list-unstyled mb-0">
        {templates.map(({ id, name, shape, currency }) => (
          <li>
            <a href={`${form}?templateId=${id}`} aria-current={id === templateId ? 'true' : undefined}>
              {name}
            </a>{' '}
            <span class="tb-under">
              {shapeText(shape, currency)}
              {id === templateId && ', filled in below'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Preview({ page, view, preview }: Pick<Props, 'page' | 'view'> & { preview: SchedulePreview }) {
  const { overhead } = preview;
  const { currency } = view.pool;
  const locale = page.person?.locale ?? 'en-GB';
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  return (
    <Card
      title="The schedule as it would be"
      note={
        <>
          An award of {money(preview.award)}
          {preview.uplift !== 0n && <>, of which {money(preview.uplift)} are uplift</>}
          {overhead && (
            <>
              : {money(overhead.direct)} for direct costs, {money(overhead.indirect)} for overhead
            </>
          )}
          . Nothing is saved yet.
        </>
      }
      flush
    >
      <ScheduleTable
        lines={preview.instalments.map(asLine)}
        currency={currency}
        today={view.today}
        locale={locale}
        withState={false}
      />
    </Card>
  );
}

function WhatFields({ view: { coalitionId, partners, goals } }: Pick<Props, 'view'>) {
  return (
    <>
      <ChoiceField
        name="organisationId"
        label="Partner"
        options={partners}
        placeholder="Choose an organisation"
        help="Who receives the money. It cannot be the backbone that serves the coalition."
      />
      <TextField
        name="reference"
        label="Reference"
        maxLength={80}
        help="Unique in the pool, such as G-2027-01."
      />
      <TextField
        name="title"
        label="Title"
        maxLength={200}
        help="A few words, such as “Core support 2027–2031”."
      />
      <RadioField
        name="mode"
        label="Mode"
        options={grantModes.map((mode) => ({ value: mode, label: modeNames[mode]!, note: modeNotes[mode] }))}
      />
      <MultiChoiceField
        name="goalIds"
        label="Goals"
        options={goals}
        optional
        help={
          goals.length > 0 ? (
            'What it works towards. An earmarked grant is restricted to these; a flexible one is not.'
          ) : (
            <>
              The coalition has no goal yet.{' '}
              <a href={`${coalitionPath(coalitionId, 'goals')}/new`}>Add one</a> to restrict a grant to it.
            </>
          )
        }
      />
      <DayField name="startOn" label="Term begins" />
      <DayField name="endOn" label="Term ends" />
    </>
  );
}

function AmountFields({ currency }: { currency: string }) {
  return (
    <>
      <AmountField
        name="amount"
        label="Amount"
        currency={currency}
        help="All instalments, before any uplift."
      />
      <TextField
        name="overheadPercent"
        label="Overhead rate in per cent"
        optional
        maxLength={20}
        help="Of direct costs, such as 7: the award is shown as direct and indirect costs by it, and nobody accounts for either."
      />
      <DayField
        name="firstOn"
        label="First instalment"
        help="The others are counted from this day; each is due on a business day."
      />
    </>
  );
}

const alignmentOptions: Option[] = [
  { value: 'term', label: 'From the first day of the grant' },
  { value: 'calendar', label: 'Ends of calendar months, quarters and years' },
];
const dueByOptions: Option[] = [
  { value: 'days', label: 'Calendar days' },
  { value: 'workingDays', label: 'Working days' },
  { value: 'lastWorkingDay', label: 'Last working day of the month after' },
];

function ReportFields({ currency }: { currency: string }) {
  return (
    <>
      <ChoiceField
        name="reportingFrequency"
        label="Reports"
        options={reportingFrequencies.map((value) => ({ value, label: frequencyNames[value] }))}
      />
      <NumberField name="reportingDueAfterDays" label="Due after the period" unit="days" />
      <details class="tb-more">
        <summary>Quarter ends, own dates, working days, grace, set-up</summary>
        <ChoiceField name="reportingAlignment" label="Periods" options={alignmentOptions} />
        <RowsField
          name="reportingDays"
          legend="Days on which periods end"
          help="For reports at milestones, with their names, or on own dates: a day, or what must happen. The last period ends with the grant."
          columns={[
            { name: 'on', label: 'Day', kind: 'day' },
            { name: 'name', label: 'Milestone', kind: 'text', optional: true },
            {
              ...{ name: 'after', label: 'Or once something happens', kind: 'more' },
              summary: 'Reached when something happens',
              columns: [
                {
                  ...{ name: 'event', label: 'Once', kind: 'choice' },
                  options: milestoneEvents.map((value) => ({ value, label: eventNames[value] })),
                },
                { name: 'subject', label: 'Document, decision or purpose', kind: 'text' },
                { name: 'matchAmount', label: `Other money (${currency})`, kind: 'amount', currency },
              ],
            },
          ]}
        />
        <ChoiceField name="reportingDueBy" label="Counted in" options={dueByOptions} />
        <NumberField
          name="reportingGraceDays"
          label="Grace"
          unit="days"
          help="A report that comes within them is not late, and nobody is reminded of it."
          optional
        />
        <NumberField
          name="reportingSetUpMonths"
          label="Set-up phase"
          unit="months"
          help="Nothing is asked for of periods that end within it; the first report after takes them in."
          optional
        />
      </details>
    </>
  );
}

/** What a new draft begins with. */
export const usualTerms = {
  mode: 'flexible',
  everyMonths: '3',
  reportingFrequency: 'halfYearly',
  reportingDueAfterDays: '30',
  reportingAlignment: 'term',
  reportingDueBy: 'days',
};

/** A draft as its form holds it. */
export function valuesOf(grant: GrantRow, goals: readonly { id: string }[]): Record<string, unknown> {
  const { baseAmount, firstOn } = grant.template;
  const { organisationId, reference, title, mode, startOn, endOn } = grant;
  const { reportingFrequency, reportingDueAfterDays } = grant;
  const { alignedTo, dueBy, graceDays, setUpMonths, days } = grant.reportingTerms;
  return {
    ...{ organisationId, reference, title, mode, startOn, endOn, reportingFrequency, reportingDueAfterDays },
    ...{ reportingAlignment: alignedTo, reportingDueBy: dueBy, reportingGraceDays: graceDays },
    ...{ reportingSetUpMonths: setUpMonths, reportingDays: days.map((day) => typedDay(day, grant.currency)) },
    ...{ amount: baseAmount, firstOn },
    ...shapeValues(grant.template),
    overheadPercent: grant.overheadRate === null ? undefined : percentOfRate(grant.overheadRate),
    goalIds: goals.map(({ id }) => id),
    version: String(grant.version),
  };
}

/** A day on which a period ends, as its row holds it. */
const typedDay = ({ on, name, after }: ReportingDay, currency: string) => ({
  ...{ on, name },
  after: after && {
    ...{ event: after.event, subject: after.subject },
    matchAmount: after.matchAmount === null ? undefined : formatAmount(BigInt(after.matchAmount), currency),
  },
});
