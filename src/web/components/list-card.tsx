import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import { withQuery } from '../read-query.js';
import { Card } from './card.js';
import { type Filter, Filters } from './filters.js';
import { Pagination } from './page-links.js';
import { SavedViews } from './saved-views.js';
import type { Sorting } from './table.js';

/** The query of a list, as the API takes it. */
type Query = Readonly<Record<string, string | number | null | undefined>>;

interface ListCardProps {
  page: PageContext;
  title: string;
  note?: string;
  /** The address of the page. */
  home: string;
  /** The address of the API's list: it has the same filters, and exports all of it. */
  api: string;
  query: object;
  filters?: readonly Filter[];
  list: { items: readonly unknown[]; total: number; nextCursor: string | null };
  /** The table. */
  children: ComponentChildren;
}

/** A list: narrowed, sorted, paged through, kept as a view, and exported whole. */
export function ListCard({ page, title, note, home, api, query, filters, list, children }: ListCardProps) {
  const { cursor, limit: _, ...asked } = query as Query;
  const here = withQuery(home, sorted(asked));
  return (
    <Card
      title={title}
      note={note}
      actions={<a href={withQuery(api, { ...asked, format: 'csv' })}>Export CSV</a>}
      flush
    >
      {filters && <Filters action={home} values={asked} filters={filters} />}
      <SavedViews page={page} here={here} home={home} />
      {children}
      {(list.total > list.items.length || cursor !== undefined) && (
        <Pagination
          shown={list.items.length}
          total={list.total}
          nextHref={
            list.nextCursor === null ? undefined : withQuery(home, { ...asked, cursor: list.nextCursor })
          }
          firstHref={cursor === undefined ? undefined : here}
          locale={page.person?.locale ?? 'en-GB'}
        />
      )}
    </Card>
  );
}

/** How the headings of a list’s table sort it. */
export function sortingOf(home: string, query: object, usual: string): Sorting {
  const { cursor: _, limit: __, sort = usual, ...asked } = query as Query & { sort?: string };
  return { current: sort, hrefOf: (by) => withQuery(home, sorted({ ...asked, sort: by })) };
}

/** Parameters in the order of their names: one question has one address. */
const sorted = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1)));
