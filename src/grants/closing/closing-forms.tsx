import type { ComponentChildren } from 'preact';
import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { AmountField, DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { dayText, moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { GrantRow } from '../grants.read.js';
import {
  type ClosingReport,
  type ClosingSlice,
  finalReport,
  unspentOf,
  whyApproval,
} from './closing.rules.js';

export interface ClosingFormView {
  grant: GrantRow;
  /** What is not cancelled. */
  slices: ClosingSlice[];
  lastReport: ClosingReport | null;
  today: Day;
}

interface Props {
  page: PageContext;
  view: ClosingFormView;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Closing the work of a grant, beside what it cancels and who must agree. */
export function CloseWorkPage({ page, view, refusal }: Props) {
  const { grant, slices, lastReport } = view;
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={grant.currency} locale={locale} />;
  const open = slices.filter(({ state }) => state !== 'paid');
  const unpaid = sum(open.map(({ amount }) => amount));
  const why = whyApproval(lastReport, (day) => dayText(day, locale));
  const cancels = unpaid > 0n ? `, cancelling ${moneyText(unpaid, grant.currency, locale)}` : '';
  return (
    <ClosingPage
      page={page}
      grant={grant}
      title={`Close ${grant.reference}`}
      form={
        <ClosingForm
          page={page}
          view={view}
          refusal={refusal}
          action="close"
          submit={why === null ? `Close the grant${cancels}` : `Ask to close the grant${cancels}`}
        />
      }
    >
      <Card title="What it does">
        <p>
          The work has ended: what is unpaid is cancelled, and the award becomes what was paid. The money is
          closed afterwards, once what is unspent has come back or may stay.
        </p>
        <KeyValue
          pairs={[
            ['Award now', money(grant.amount)],
            [
              'Cancelled',
              open.length > 0 && (
                <>
                  {money(unpaid)} ({plural(open.length, 'instalment')})
                </>
              ),
            ],
            ['Award after', money(grant.amount - unpaid)],
            ['Last report', <LastReport page={page} view={view} />],
          ]}
        />
        {why !== null && <Notice text={why} />}
      </Card>
    </ClosingPage>
  );
}

/** Closing the money of a grant, beside what is unspent. */
export function CloseMoneyPage({ page, view, refusal }: Props) {
  const { grant, lastReport } = view;
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={grant.currency} locale={locale} />;
  const report = finalReport(lastReport);
  const unspent = unspentOf({ paid: grant.paid, returned: grant.returned, report });
  const isClear = unspent === 0n;
  return (
    <ClosingPage
      page={page}
      grant={grant}
      title={`Close the money of ${grant.reference}`}
      form={
        <ClosingForm
          page={page}
          view={view}
          refusal={refusal}
          action="close-money"
          submit={isClear ? 'Close the grant for good' : 'Ask to close the grant for good'}
        >
          {!isClear && (
            <AmountField
              name="carriedOver"
              label="Stays with the partner"
              currency={grant.currency}
              help="Unspent, and carried over by the partner: others must agree. What comes back is recorded as a return first."
            />
          )}
        </ClosingForm>
      }
    >
      <Card title="What is unspent">
        <KeyValue
          pairs={[
            ['Paid', money(grant.paid)],
            [
              'Unspent by the last report',
              report !== null && report.closing !== null && money(report.closing),
            ],
            ['Came back', money(grant.returned)],
            ['Still unspent', unspent !== null && money(unspent)],
            ['Last report', <LastReport page={page} view={view} />],
          ]}
        />
        {unspent === null && (
          <Notice text="No accepted report says what is unspent: say what stays with the partner, nothing or more, and others must agree." />
        )}
      </Card>
    </ClosingPage>
  );
}

function LastReport({ page, view: { lastReport, today } }: Props) {
  if (lastReport === null) return <>none is asked for</>;
  return (
    <a href={`/spend-reports/${lastReport.id}`}>
      until <DayText day={lastReport.periodTo} today={today} locale={localeOf(page)} />, {lastReport.state}
    </a>
  );
}

interface ClosingPageProps {
  page: PageContext;
  grant: GrantRow;
  title: string;
  form: ComponentChildren;
  children: ComponentChildren;
}

function ClosingPage({ page, grant, title, form, children }: ClosingPageProps) {
  return (
    <Shell page={page}>
      <PageHeader title={title} facts={`${grant.title}, ${grant.organisation}`} />
      <Columns kind="main">
        <Card>{form}</Card>
        <Stack>{children}</Stack>
      </Columns>
    </Shell>
  );
}

interface ClosingFormProps extends Props {
  action: 'close' | 'close-money';
  submit: string;
  children?: ComponentChildren;
}

function ClosingForm({ page, view: { grant, today }, refusal, action, submit, children }: ClosingFormProps) {
  const home = `/grants/${grant.id}`;
  return (
    <Form
      action={`${home}/${action}`}
      csrf={page.csrf}
      locale={localeOf(page)}
      idempotencyKey={newIdempotencyKey()}
      values={refusal?.values ?? { closedOn: today }}
      errors={refusal?.errors}
      detail={refusal?.detail}
      submit={submit}
      cancelHref={home}
    >
      {children}
      <DayField name="closedOn" label="Closed on" max={today} />
      <LongTextField
        name="reason"
        label="Why"
        rows={3}
        maxLength={500}
        help="It stays with the grant, for everybody who sees it, the partner too."
      />
    </Form>
  );
}
