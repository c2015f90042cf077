import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { DayText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import type { Filter } from '../../web/components/filters.js';
import { Icon } from '../../web/components/icon.js';
import { ListCard } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import type { Option } from '../../web/forms/fields.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { linkKinds } from '../link-kinds.js';
import { Found, LinkChips, Tags } from './entry-parts.js';
import type { FoundLearningEntryAnswer, LearningEntriesQuery } from './learning-entry.dto.js';

export interface LearningView {
  coalitionId: string;
  entries: Page<FoundLearningEntryAnswer>;
  query: LearningEntriesQuery;
  tags: Option[];
  authors: Option[];
  /** What the list is narrowed to, by name. */
  linkTitle: string | null;
  mayWrite: boolean;
  /** Whether whoever looks prepares or checks what is shared with the public. */
  mayShare: boolean;
  today: Day;
}

interface Props {
  page: PageContext;
  view: LearningView;
}

/** The learning log: the search first, then what was found, or what is new. */
export function LearningPage({ page, view }: Props) {
  const { coalitionId, entries, query, mayWrite } = view;
  const home = coalitionPath(coalitionId, 'learning');
  return (
    <Shell page={page}>
      <PageHeader title="Learning" facts="What we did, what we saw, what we make of it, and what we do next">
        {view.mayShare && <ActionLink label="Toolkit" href={`${home}/toolkit`} icon="world" />}
        {mayWrite && <ActionLink label="Write an entry" href={`${home}/new`} icon="plus" weight="primary" />}
      </PageHeader>
      <SearchBox home={home} query={query} />
      <ListCard
        page={page}
        title={titleOf(view)}
        note={query.q ? 'The best first; every form of a word counts' : 'The newest first'}
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/learning-entries`}
        query={query}
        list={entries}
        filters={filtersOf(view)}
      >
        <EntryList page={page} view={view} />
      </ListCard>
    </Shell>
  );
}

function titleOf({ entries, query, linkTitle }: LearningView): string {
  const found = plural(entries.total, 'entry', 'entries');
  if (linkTitle !== null) return `${found} linked to ${linkTitle}`;
  return query.q ? `${found} found` : found;
}

/** The first thing on the page: what is one looking for? What else narrows the list stays as it is. */
function SearchBox({ home, query }: { home: string; query: LearningEntriesQuery }) {
  const { q, cursor: _, limit: __, sort: ___, ...rest } = query;
  return (
    <form class="tb-ask" role="search" method="get" action={home} aria-label="Search what we learnt">
      {Object.entries(rest)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <Icon name="search" />
      <input
        class="form-control"
        type="search"
        name="q"
        value={q ?? ''}
        maxLength={200}
        aria-label="Search in all words"
        placeholder="Search in all words"
      />
      <button class="btn btn-primary" type="submit">
        Search
      </button>
      <p class="tb-ask-help">
        <q>quotes</q> keep words together, <code>or</code> widens, <code>-word</code> leaves out.
      </p>
    </form>
  );
}

const filtersOf = ({ tags, authors }: LearningView): Filter[] => [
  { kind: 'choice', name: 'tag', label: 'Tag', any: 'Any', options: tags },
  {
    ...{ kind: 'choice', name: 'linkKind', label: 'Linked to', any: 'Anything or nothing' },
    options: linkKinds.map(({ kind, one }) => ({ value: kind, label: `A ${one.toLowerCase()}` })),
  },
  { kind: 'choice', name: 'authorId', label: 'Written by', any: 'Anybody', options: authors },
  { kind: 'day', name: 'from', label: 'From' },
  { kind: 'day', name: 'to', label: 'To' },
  {
    ...{ kind: 'choice', name: 'state', label: 'State', any: 'Standing' },
    options: [
      { value: 'withdrawn', label: 'Withdrawn' },
      { value: 'all', label: 'Both' },
    ],
  },
];

function EntryList({ page, view }: Props) {
  const { entries, coalitionId, today, query, mayWrite } = view;
  const locale = page.person?.locale ?? 'en-GB';
  if (entries.items.length === 0) {
    const isNarrowed = Object.values(query).some((value) => value !== undefined);
    return (
      <EmptyState
        icon="bulb"
        title={isNarrowed ? 'Nothing found' : 'Nothing is written down yet'}
        text={
          isNarrowed
            ? 'Try fewer words, or another form of them, or narrow less.'
            : 'A few lines after a visit, a meeting or a report are enough: what we did, what we saw.'
        }
        action={
          mayWrite && !isNarrowed
            ? { label: 'Write an entry', href: `${coalitionPath(coalitionId, 'learning')}/new` }
            : undefined
        }
      />
    );
  }
  return (
    <ol class="tb-entries">
      {entries.items.map((entry) => (
        <li class={entry.withdrawnAt === null ? undefined : 'tb-row-muted'}>
          <h3>
            <a href={`/learning-entries/${entry.id}`}>
              <Found segments={entry.foundTitle} />
            </a>
          </h3>
          <p class="tb-quiet">
            <DayText day={entry.happenedOn} today={today} locale={locale} /> · {entry.author}
            {entry.withdrawnAt !== null && ' · withdrawn'}
          </p>
          <p class="tb-prose">
            <Found segments={entry.excerpt} />
          </p>
          <div class="tb-entry-marks">
            <LinkChips links={entry.links} />
            <Tags coalitionId={coalitionId} tags={entry.tags} />
          </div>
        </li>
      ))}
    </ol>
  );
}
