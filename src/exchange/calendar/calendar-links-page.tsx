import type { Page } from '../../platform/http/list.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import { TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { CalendarLinkAnswer, NewCalendarLinkAnswer } from './calendar-link.dto.js';

interface Props {
  page: PageContext;
  links: Page<CalendarLinkAnswer>;
  /** A link that was made just now, seen this once. */
  made?: NewCalendarLinkAnswer;
  refusal?: Refusal;
}

/** One's dates in the calendar one lives with. */
export function CalendarLinksPage({ page, links, made, refusal }: Props) {
  return (
    <Shell page={page}>
      <PageHeader
        title="My dates in a calendar"
        facts="Reports, instalments, pledges, votes and actions that are due, of all my coalitions"
      />
      {made && <MadeLink made={made} />}
      <Card title="Links" note="Each is for one calendar, and can be ended by itself" flush>
        <Links page={page} links={links} />
      </Card>
      <Card title="Another calendar">
        <Form
          action="/account/calendar"
          csrf={page.csrf}
          locale={page.person!.locale}
          values={refusal?.values ?? {}}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Make a link"
        >
          <TextField
            name="name"
            label="Which calendar reads it"
            maxLength={80}
            placeholder="Phone"
            help="Whoever has the link reads your dates: keep it to yourself."
          />
        </Form>
      </Card>
    </Shell>
  );
}

function MadeLink({ made }: { made: NewCalendarLinkAnswer }) {
  return (
    <>
      <Notice kind="warning" text="Copy it now: it is shown this once, and nobody can look it up later." />
      <Card title={made.name}>
        <p class="tb-secret">
          <code>{made.url}</code>
          <button class="btn btn-sm" type="button" data-copy={made.url}>
            Copy
          </button>
        </p>
        <p class="tb-quiet">Add it to your calendar as a subscription (“by URL”, “from the internet”).</p>
      </Card>
    </>
  );
}

function Links({ page, links }: Pick<Props, 'page' | 'links'>) {
  const locale = page.person!.locale;
  const instant = (at: Date) => <InstantText at={at} timeZone="UTC" locale={locale} />;
  return (
    <Table
      caption="Private links to my dates"
      rows={links.items}
      rowTone={({ revokedAt }) => (revokedAt ? 'muted' : undefined)}
      columns={[
        { heading: 'Calendar', cell: ({ name }) => name },
        { heading: 'Made (UTC)', wideOnly: true, cell: ({ createdAt }) => instant(createdAt) },
        {
          heading: 'Last read (UTC)',
          cell: ({ lastUsedAt }) =>
            lastUsedAt ? instant(lastUsedAt) : <span class="tb-quiet">not yet</span>,
        },
        {
          heading: '',
          cell: ({ id, revokedAt }) =>
            revokedAt ? (
              <span class="tb-quiet">ended</span>
            ) : (
              <ActionButton
                label="End it"
                action={`/account/calendar/${id}/revoke`}
                csrf={page.csrf}
                weight="danger"
                small
              />
            ),
        },
      ]}
      empty={{ title: 'No calendar reads your dates yet', text: 'Make a link, and subscribe to it there.' }}
    />
  );
}
