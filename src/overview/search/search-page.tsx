import { Found } from '../../learning/entries/entry-parts.js';
import type { Page } from '../../platform/http/list.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { Icon, type IconName } from '../../web/components/icon.js';
import { ListCard } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { plural } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { type FoundAnswer, type FoundKind, foundKinds, type SearchQuery } from './search.dto.js';
import { hrefOfFound } from './search.read.js';

const kinds: Record<FoundKind, { name: string; icon: IconName }> = {
  grant: { name: 'Grant', icon: 'heart-handshake' },
  bond: { name: 'Bond', icon: 'certificate' },
  goal: { name: 'Goal', icon: 'target' },
  indicator: { name: 'Indicator', icon: 'trending-up' },
  measure: { name: 'Performance measure', icon: 'trending-up' },
  decision: { name: 'Decision', icon: 'gavel' },
  learningEntry: { name: 'Learning entry', icon: 'bulb' },
  organisation: { name: 'Organisation', icon: 'users' },
};

export interface SearchView {
  coalitionId: string;
  query: SearchQuery;
  found: Page<FoundAnswer>;
}

interface Props {
  page: PageContext;
  view: SearchView;
}

/** What there is of some words in the whole coalition. */
export function SearchPage({ page, view }: Props) {
  const { coalitionId, query, found } = view;
  const home = `${coalitionPath(coalitionId)}/search`;
  return (
    <Shell page={page}>
      <PageHeader title="Search" />
      <form class="tb-ask" role="search" method="get" action={home} aria-label="Search the coalition">
        {query.kind && <input type="hidden" name="kind" value={query.kind} />}
        <Icon name="search" />
        <input
          class="form-control"
          type="search"
          name="q"
          value={query.q ?? ''}
          maxLength={200}
          aria-label="Words"
          placeholder="Grants, bonds, goals, decisions, learning, organisations"
        />
        <button class="btn btn-primary" type="submit">
          Search
        </button>
      </form>
      <ListCard
        page={page}
        title={query.q ? `${plural(found.total, 'thing')} found` : 'Nothing is asked for yet'}
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={found}
        filters={[
          {
            ...{ kind: 'choice', name: 'kind', label: 'Kind', any: 'All kinds' },
            options: foundKinds.map((kind) => ({ value: kind, label: kinds[kind].name })),
          },
        ]}
      >
        {found.items.length === 0 ? (
          <EmptyState
            icon="search"
            title={query.q ? 'Nothing found' : 'What are you looking for?'}
            text="Every form of a word counts, and any part of a title or reference."
          />
        ) : (
          <ol class="tb-entries">
            {found.items.map((one) => (
              <li>
                <h3>
                  <a href={hrefOfFound(one)}>
                    <Found segments={one.foundTitle} />
                  </a>
                </h3>
                <p class="tb-quiet">{kinds[one.kind].name}</p>
                {one.excerpt.length > 0 && (
                  <p class="tb-prose">
                    <Found segments={one.excerpt} />
                  </p>
                )}
              </li>
            ))}
          </ol>
        )}
      </ListCard>
    </Shell>
  );
}
