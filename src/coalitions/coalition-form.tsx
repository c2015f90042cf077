import { businessDayRules, type BusinessDayRule } from '../maths/business-day.js';
import type { HistoryEvent } from '../platform/audit/history.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { History } from '../web/components/history.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import { ChoiceField, HiddenField, LongTextField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { CoalitionAnswer } from './coalition.dto.js';

const businessDayWords: Record<BusinessDayRule, string> = {
  none: 'It stays where it is',
  following: 'The next business day',
  modifiedFollowing: 'The next business day, or the one before if that lies in another month',
  preceding: 'The business day before',
};

interface FoundProps {
  page: PageContext;
  refusal?: Refusal;
}

/** Founding a coalition: its name, what it is for, and the calendar by which its money moves. */
export function FoundCoalitionPage({ page, refusal }: FoundProps) {
  const values = refusal?.values ?? {
    kind: 'coordinating',
    timeZone: 'Europe/London',
    businessDay: 'following',
  };
  return (
    <Shell page={page}>
      <PageHeader
        title="Found a coalition"
        facts="You hold its first backbone seat, and invite everybody else."
      />
      <Card>
        <Form
          action="/coalitions"
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Found the coalition"
          cancelHref="/"
        >
          <CoalitionFields timeZone={values.timeZone} />
        </Form>
      </Card>
    </Shell>
  );
}

interface SettingsProps extends FoundProps {
  coalition: CoalitionAnswer;
  history: readonly HistoryEvent[];
}

/** What a coalition is called and reads its calendar by, and who changed it when. */
export function SettingsPage({ page, coalition, history, refusal }: SettingsProps) {
  const locale = page.person?.locale ?? 'en-GB';
  const values = refusal?.values ?? { ...coalition };
  return (
    <Shell page={page}>
      <PageHeader title="Settings" facts="Seen by the backbone only" />
      <Columns kind="main">
        <Card title="The coalition">
          <Form
            action={coalitionPath(coalition.id, 'settings')}
            csrf={page.csrf}
            locale={locale}
            values={values}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Save the settings"
            cancelHref={coalitionPath(coalition.id)}
          >
            <HiddenField
              name="version"
              value={typeof values.version === 'string' ? values.version : String(coalition.version)}
            />
            <CoalitionFields timeZone={values.timeZone} />
          </Form>
        </Card>
        <Stack>
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'coalition.founded': 'founded the coalition',
                'coalition.changed': 'changed the settings',
              }}
              fields={{
                name: 'name',
                commonAgenda: 'common agenda',
                kind: 'kind',
                timeZone: 'time zone',
                businessDay: 'business days',
                holidays: 'holidays',
              }}
              timeZone={coalition.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function CoalitionFields({ timeZone }: { timeZone: unknown }) {
  return (
    <>
      <TextField name="name" label="Name" maxLength={200} />
      <LongTextField
        name="commonAgenda"
        label="Common agenda"
        maxLength={2000}
        help="What all of you want to change together, in a sentence or two. Every member reads it first."
      />
      <RadioField
        name="kind"
        label="Kind"
        options={[
          {
            value: 'coordinating',
            label: 'Coordinating',
            note: 'It lives in a place: a city, a county, a ward.',
          },
          {
            value: 'transforming',
            label: 'Transforming',
            note: 'It changes a system, wherever that reaches.',
          },
        ]}
      />
      <ChoiceField
        name="timeZone"
        label="Time zone"
        options={timeZones(timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        help="Instalments and reports come due by its clocks."
      />
      <RadioField
        name="businessDay"
        label="When a due date is no business day"
        options={businessDayRules.map((rule) => ({ value: rule, label: businessDayWords[rule] }))}
        help="For dates that are planned from now on. Dates that are set already stay."
      />
      <TextField
        name="holidays"
        label="Holidays"
        optional
        maxLength={20}
        help="A country such as DE, or a part of one such as GB-ENG. Without it only weekends count."
      />
    </>
  );
}

/** Every zone that is known here, and the one that is chosen, whatever it is called. */
function timeZones(chosen: unknown): string[] {
  const known = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (typeof chosen === 'string' && chosen !== '') known.add(chosen);
  return [...known].sort();
}
