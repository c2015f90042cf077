import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { GrantView } from '../grant-view.js';
import { SuspensionNotice } from './suspension-notice.js';

interface Props {
  page: PageContext;
  view: GrantView;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Suspending a grant: since when and why, beside what would wait. */
export function SuspendPage({ page, view, refusal }: Props) {
  const { grant, schedule, today } = view;
  const home = `/grants/${grant.id}`;
  const locale = localeOf(page);
  const waiting = schedule.filter(({ state }) => state === 'due' || state === 'held');
  const next = schedule.find(({ state }) => state === 'planned');
  return (
    <Shell page={page}>
      <PageHeader title={`Suspend ${grant.reference}`} facts={`${grant.title}, ${grant.organisation}`} />
      <Columns kind="main">
        <Card>
          <Form
            action={`${home}/suspend`}
            csrf={page.csrf}
            locale={locale}
            values={refusal?.values ?? { suspendedOn: today }}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Suspend the grant"
            cancelHref={home}
          >
            <DayField name="suspendedOn" label="Suspended since" max={today} />
            <LongTextField
              name="reason"
              label="Why"
              rows={3}
              maxLength={500}
              help="It stays with the grant, for everybody who sees it, the partner too."
            />
          </Form>
        </Card>
        <Stack>
          <Card title="What it does">
            <p>
              Instalments that are due are held at once, and those that are planned when their day comes. Once
              it is resumed, each comes due, or waits for cash. What is promised stays promised.
            </p>
            <KeyValue
              pairs={[
                ['Held at once', plural(waiting.length, 'instalment')],
                [
                  'Next to come due',
                  next?.dueOn && <DayText day={next.dueOn} today={today} locale={locale} relative />,
                ],
              ]}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

/** Resuming a grant: why, beside what will be looked at again. */
export function ResumePage({ page, view, refusal }: Props) {
  const { grant, schedule, suspension, today } = view;
  const home = `/grants/${grant.id}`;
  const locale = localeOf(page);
  const held = schedule.filter(({ state }) => state === 'held');
  return (
    <Shell page={page}>
      <PageHeader title={`Resume ${grant.reference}`} facts={`${grant.title}, ${grant.organisation}`} />
      <Columns kind="main">
        <Card>
          <Form
            action={`${home}/resume`}
            csrf={page.csrf}
            locale={locale}
            values={refusal?.values}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Resume the grant"
            cancelHref={home}
          >
            <LongTextField
              name="reason"
              label="Why"
              rows={3}
              maxLength={500}
              help="It stays with the grant, for everybody who sees it, the partner too."
            />
          </Form>
        </Card>
        <Stack>
          {suspension && <SuspensionNotice suspension={suspension} today={today} locale={locale} />}
          <Card title="What comes due then">
            {held.length === 0 && <p class="tb-quiet">No instalment has come due meanwhile.</p>}
            <KeyValue
              pairs={held.map(({ number, amount, state }) => [
                `Instalment ${number}`,
                <>
                  <Money minor={amount} currency={grant.currency} locale={locale} />{' '}
                  <StatusBadge of="instalment" state={state} />
                </>,
              ])}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}
