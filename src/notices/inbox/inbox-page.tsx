import type { Page } from '../../platform/http/list.js';
import { mailTopics } from '../../platform/mail/letter-kinds.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader, Tabs } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { Shell } from '../../web/shell.js';
import { topicWords } from '../notice-words.js';
import type { NoticeAnswer, NoticesQuery } from './notice.dto.js';

const home = '/inbox';

interface Props {
  page: PageContext;
  list: Page<NoticeAnswer>;
  query: NoticesQuery;
}

/** Everything the reader was written, in all their coalitions; what is new stands out. */
export function InboxPage({ page, list, query }: Props) {
  const tab = (state?: string) => withQuery(home, { state });
  return (
    <Shell page={page}>
      <PageHeader
        title="Inbox"
        facts={page.unread === 0 ? 'You have read everything' : plural(page.unread, 'new notice')}
      >
        {page.unread > 0 && (
          <ActionButton label="Mark all as read" action="/inbox/read-all" csrf={page.csrf} icon="checks" />
        )}
        <ActionLink label="How I hear of things" href="/account/mail" icon="settings" />
      </PageHeader>
      <Tabs
        label="Notices"
        current={tab(query.state)}
        tabs={[
          { label: 'All', href: tab() },
          { label: 'New', href: tab('unread'), count: page.unread },
          { label: 'Read', href: tab('read') },
        ]}
      />
      <ListCard
        page={page}
        title="Notices"
        home={home}
        api="/api/v1/me/notices"
        query={query}
        list={list}
        filters={[
          {
            ...{ kind: 'choice', name: 'topic', label: 'About', any: 'Everything' },
            options: mailTopics.map((value) => ({ value, label: topicWords[value] })),
          },
          {
            ...{ kind: 'choice', name: 'coalitionId', label: 'Coalition', any: 'All my coalitions' },
            options: page.coalitions.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
      >
        <Notices page={page} list={list} query={query} />
      </ListCard>
    </Shell>
  );
}

function Notices({ page, list, query }: Props) {
  const locale = page.person!.locale;
  return (
    <Table
      caption="Notices"
      rows={list.items}
      sorting={sortingOf(home, query, '-createdAt')}
      rowHref={({ id }) => `/inbox/${id}`}
      rowTone={({ readAt }) => (readAt === null ? 'attention' : 'muted')}
      columns={[
        {
          heading: 'Notice',
          cell: ({ subject, readAt, coalition, topic }) => (
            <>
              {readAt === null ? <strong>{subject}</strong> : subject}
              {readAt === null && <span class="visually-hidden"> (new)</span>}
              <span class="tb-under">
                {coalition} · {topicWords[topic]}
              </span>
            </>
          ),
        },
        {
          heading: 'Written (UTC)',
          sort: 'createdAt',
          wideOnly: true,
          cell: ({ createdAt }) => <InstantText at={new Date(createdAt)} timeZone="UTC" locale={locale} />,
        },
      ]}
      empty={{
        title: query.state === 'unread' ? 'Nothing new' : 'Nothing here yet',
        text: 'Reminders, returned reports, votes and warnings come here, and by mail as you like it.',
      }}
    />
  );
}
