import type { Page } from '../../platform/http/list.js';
import { type MailState, mailStates } from '../../platform/mail/mail-message.entity.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader, Tabs } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge, states } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { Shell } from '../../web/shell.js';
import { AdministrationTabs } from './administration-tabs.js';
import type { MailsQuery } from './mail-list.dto.js';
import type { MailView } from './mails.service.js';

const home = '/administration/mails';

interface MailsPageProps {
  page: PageContext;
  list: Page<MailView>;
  counts: Record<MailState, number>;
  /** The kinds of letter there are. */
  templates: string[];
  query: MailsQuery;
  areReadable: boolean;
}

/** Every mail, and what became of it. */
export function MailsPage({ page, list, counts, templates, query, areReadable }: MailsPageProps) {
  const locale = page.person!.locale;
  return (
    <Shell page={page}>
      <PageHeader title="Mails" />
      <AdministrationTabs current="mails" />
      <Notice
        kind="notice"
        text={
          areReadable
            ? 'No mail server is set (SMTP_URL), so mails are kept here and can be read. They are not sent later by themselves.'
            : 'Mails are sent by your mail server. Their subjects and contents are for their readers only.'
        }
      />
      <Tabs label="By state" tabs={tabsFor(counts)} current={addressOf(query.state)} />
      <ListCard
        page={page}
        title="Mails"
        home={home}
        api="/api/v1/administration/mails"
        query={query}
        list={list}
        filters={[
          { kind: 'text', name: 'to', label: 'To' },
          {
            ...{ kind: 'choice', name: 'template', label: 'Kind of letter', any: 'All letters' },
            options: templates.map((template) => ({ value: template, label: template })),
          },
          { kind: 'day', name: 'createdOn.gte', label: 'Written from' },
          { kind: 'day', name: 'createdOn.lte', label: 'until' },
        ]}
      >
        <MailsTable mails={list.items} query={query} locale={locale} areReadable={areReadable} />
      </ListCard>
    </Shell>
  );
}

/** All of them, and each state in which there are some. */
function tabsFor(counts: Record<MailState, number>) {
  const total = mailStates.reduce((sum, state) => sum + counts[state], 0);
  return [
    { label: 'All', href: addressOf(), count: total },
    ...mailStates
      .filter((state) => counts[state] > 0)
      .map((state) => ({ label: states.mail[state][0], href: addressOf(state), count: counts[state] })),
  ];
}

const addressOf = (state?: MailState): string => withQuery(home, { state });

function MailsTable({
  mails,
  query,
  locale,
  areReadable,
}: {
  mails: readonly MailView[];
  query: MailsQuery;
  locale: string;
  areReadable: boolean;
}) {
  return (
    <Table
      caption="Mails"
      rows={mails}
      sorting={sortingOf(home, query, '-createdAt')}
      rowHref={({ id }) => `/administration/mails/${id}`}
      rowTone={({ state }) => (state === 'failed' || state === 'uncertain' ? 'attention' : undefined)}
      columns={[
        {
          heading: 'Mail',
          cell: ({ to, subject, template }) => (
            <>
              {areReadable ? subject : template}
              <span class="tb-under">to {to}</span>
            </>
          ),
        },
        { heading: 'State', cell: ({ state }) => <StatusBadge of="mail" state={state} /> },
        {
          heading: 'Written (UTC)',
          sort: 'createdAt',
          wideOnly: true,
          cell: ({ createdAt }) => <InstantText at={createdAt} timeZone="UTC" locale={locale} />,
        },
        {
          heading: 'What the server said',
          wideOnly: true,
          cell: ({ lastError }) => lastError && <span class="tb-quiet">{lastError.slice(0, 120)}</span>,
        },
      ]}
      empty={{
        title: 'No mails',
        text: 'Invitations, reminders and reports appear here when they are written.',
      }}
    />
  );
}
