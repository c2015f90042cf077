import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { withQuery } from '../../web/read-query.js';
import type { SavedView } from '../../web/page-context.js';
import type { SavedViewAnswer, SavedViewsQuery, SaveView } from './saved-view.dto.js';
import { viewOf } from './saved-view.rules.js';

const MOST_OF_A_PERSON = 200;

interface SavedViewRow extends Omit<SavedViewAnswer, 'createdAt'> {
  createdAt: Date;
}

const views = `SELECT id, name, path, query, created_at AS "createdAt" FROM saved_views`;

/** A person's own views. Row-level security shows nobody else's. */
@Injectable()
export class SavedViewsService {
  /**
   * Keeps a view under a name; the same name on the same page is kept anew.
   * @throws ruleBroken naming the address when it is no page of ours
   */
  async save(tx: Tx, { name, address }: SaveView): Promise<SavedViewRow> {
    const view = viewOf(address);
    if (!view) throw fieldError('ruleBroken', '/address', 'Give the address of a list, beginning with “/”.');
    const kept = await tx.row<{ count: number }>(`SELECT count(*)::int AS count FROM saved_views`);
    if ((kept?.count ?? 0) >= MOST_OF_A_PERSON) {
      throw new DomainError(
        'ruleBroken',
        `You keep ${MOST_OF_A_PERSON} views. Delete one you no longer use.`,
      );
    }
    const row = await tx.row<SavedViewRow>(
      `INSERT INTO saved_views (person_id, path, query, name, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT saved_views_name_once DO UPDATE SET query = excluded.query
       RETURNING id, name, path, query, created_at AS "createdAt"`,
      [tx.actor.personId ?? null, view.path, view.query, name, tx.now],
    );
    return row!;
  }

  /** @throws notFound */
  async remove(tx: Tx, viewId: string): Promise<SavedViewRow> {
    const row = await tx.row<SavedViewRow>(
      `DELETE FROM saved_views WHERE id = $1 RETURNING id, name, path, query, created_at AS "createdAt"`,
      [viewId],
    );
    if (!row) throw notFound('view');
    return row;
  }

  list(tx: Tx, query: SavedViewsQuery): Promise<Page<SavedViewRow>> {
    return listPage<SavedViewRow>(
      tx,
      {
        sql: `${views} WHERE ($1::text IS NULL OR path = $1)`,
        parameters: [query.path ?? null],
        sorts: { name: { column: 'name', type: 'text' } },
        defaultSort: 'name',
      },
      query,
    );
  }
}

/** The views that a person keeps of a page, by name. */
export async function viewsOfPage(tx: Tx, personId: string, path: string): Promise<SavedView[]> {
  const rows = await tx.rows<SavedViewRow>(`${views} WHERE person_id = $1 AND path = $2 ORDER BY name, id`, [
    personId,
    path,
  ]);
  return rows.map(({ id, name, query }) => ({
    id,
    name,
    href: withQuery(path, Object.fromEntries(new URLSearchParams(query))),
  }));
}
