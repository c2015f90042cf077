import { PeopleTabs } from '../../coalitions/people-tabs.js';
import type { Page } from '../../platform/http/list.js';
import { mailTopics } from '../../platform/mail/letter-kinds.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge, states } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { Shell } from '../../web/shell.js';
import { topicWords } from '../notice-words.js';
import {
  type CoalitionLetterAnswer,
  type CoalitionLettersQuery,
  letterStandings,
} from './coalition-letter.dto.js';

interface Props {
  page: PageContext;
  view: {
    coalitionId: string;
    query: CoalitionLettersQuery;
    list: Page<CoalitionLetterAnswer>;
    doubtful: number;
  };
}

/** What was written to whom, and what became of it: those that nobody knows of, or that did not arrive, stand out. */
export function LettersPage({ page, view: { coalitionId, query, list, doubtful } }: Props) {
  const home = `${coalitionPath(coalitionId)}/letters`;
  const locale = page.person!.locale;
  return (
    <Shell page={page}>
      <PageHeader
        title="Letters"
        facts={
          doubtful === 0 ? (
            'All have arrived, as far as is known'
          ) : (
            <a href={withQuery(home, { state: 'doubtful' })}>{plural(doubtful, 'letter')} in doubt</a>
          )
        }
      />
      <PeopleTabs coalitionId={coalitionId} current="letters" page={page} />
      <ListCard
        page={page}
        title="Letters"
        note="Their subjects; what they say is for their readers"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/letters`}
        query={query}
        list={list}
        filters={[
          {
            ...{ kind: 'choice', name: 'state', label: 'What became of it', any: 'Anything' },
            options: letterStandings.map((value) => ({
              value,
              label: value === 'doubtful' ? 'In doubt: uncertain or failed' : states.mail[value][0],
            })),
          },
          {
            ...{ kind: 'choice', name: 'topic', label: 'About', any: 'Everything' },
            options: mailTopics.map((value) => ({ value, label: topicWords[value] })),
          },
          { kind: 'text', name: 'to', label: 'To: name or address contains' },
        ]}
      >
        <Table
          caption="Letters to people of the coalition"
          rows={list.items}
          sorting={sortingOf(home, query, '-createdAt')}
          rowHref={({ id }) => `/letters/${id}`}
          rowTone={({ state, calledOffAt }) =>
            (state === 'uncertain' || state === 'failed') && calledOffAt === null ? 'attention' : undefined
          }
          columns={[
            {
              heading: 'Letter',
              cell: ({ subject, reader, to }) => (
                <>
                  {subject}
                  <span class="tb-under">to {reader ?? to}</span>
                </>
              ),
            },
            {
              heading: 'What became of it',
              cell: ({ state }) => <StatusBadge of="mail" state={state} />,
            },
            {
              heading: 'Written (UTC)',
              sort: 'createdAt',
              wideOnly: true,
              cell: ({ createdAt }) => (
                <InstantText at={new Date(createdAt)} timeZone="UTC" locale={locale} />
              ),
            },
            {
              heading: 'What the server said',
              wideOnly: true,
              cell: ({ lastError }) => lastError && <span class="tb-quiet">{lastError.slice(0, 120)}</span>,
            },
          ]}
          empty={
            query.state === 'doubtful'
              ? {
                  icon: 'circle-check',
                  title: 'Nothing is in doubt',
                  text: 'Whatever left has arrived, as far as is known.',
                }
              : {
                  icon: 'inbox',
                  title: 'No letters',
                  text: 'Reminders, votes and warnings appear here when they are written.',
                }
          }
        />
      </ListCard>
    </Shell>
  );
}
