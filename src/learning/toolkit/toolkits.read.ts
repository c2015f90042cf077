import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { composeToolkit, type Prepared } from './compose.js';
import type { ToolkitContent } from './toolkit-content.js';
import type { EditionState } from './toolkit-edition.entity.js';
import type { ToolkitAnswer, ToolkitEditionAnswer, ToolkitItemAnswer } from './toolkit.dto.js';
import { hashOfContent } from './toolkit.rules.js';
import { sharable } from './toolkits.choices.js';

export interface ToolkitRow extends Prepared {
  slug: string;
  version: number;
}

const columns = `id, coalition_id AS "coalitionId", slug, title, introduction, names_people AS "namesPeople", version`;

/** The toolkit of a coalition, held until the transaction ends. @throws stateForbids while there is none */
export async function preparedToolkit(tx: Tx, coalitionId: string): Promise<ToolkitRow> {
  const row = await tx.row<ToolkitRow>(
    `SELECT ${columns} FROM toolkits WHERE coalition_id = $1 FOR NO KEY UPDATE`,
    [coalitionId],
  );
  if (!row) throw new DomainError('stateForbids', 'Nothing is prepared yet. Choose what to share first.');
  return row;
}

export interface EditionRow {
  id: string;
  number: number;
  slug: string;
  content: ToolkitContent;
  contentHash: string;
  state: EditionState;
  askedBy: string;
  askedByName: string;
  askedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  endedAt: Date | null;
  reason: string | null;
}

const editions = `
  SELECT e.id, e.number, e.slug, e.content, e.content_hash AS "contentHash", e.state, e.asked_by AS "askedBy",
    a.name AS "askedByName", e.asked_at AS "askedAt", d.name AS "decidedByName", e.decided_at AS "decidedAt",
    e.ended_at AS "endedAt", e.reason
  FROM toolkit_editions e JOIN persons a ON a.id = e.asked_by LEFT JOIN persons d ON d.id = e.decided_by`;

/** What waits for a second person. */
export const askedEdition = (tx: Tx, toolkitId: string): Promise<EditionRow | undefined> =>
  tx.row<EditionRow>(`${editions} WHERE e.toolkit_id = $1 AND e.state = 'asked'`, [toolkitId]);

/** Every edition there was, the newest first; 50 at most. */
export const editionsOf = (tx: Tx, coalitionId: string): Promise<EditionRow[]> =>
  tx.rows<EditionRow>(`${editions} WHERE e.coalition_id = $1 ORDER BY e.number DESC LIMIT 50`, [coalitionId]);

const toEditionAnswer = (row: EditionRow): ToolkitEditionAnswer => ({
  ...{ number: row.number, slug: row.slug, contentHash: row.contentHash, state: row.state },
  ...{ askedBy: row.askedByName, askedAt: row.askedAt.toISOString(), decidedBy: row.decidedByName },
  decidedAt: row.decidedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  reason: row.reason,
});

/** What is prepared, what waits and what is public; empty, with version 0, before anything was prepared. */
export async function readToolkit(tx: Tx, coalitionId: string): Promise<ToolkitAnswer> {
  const row = await tx.row<ToolkitRow>(`SELECT ${columns} FROM toolkits WHERE coalition_id = $1`, [
    coalitionId,
  ]);
  if (!row)
    return {
      ...{ coalitionId, slug: '', title: '', introduction: '', namesPeople: false, items: [] },
      ...{ asked: null, published: null, isCurrent: false, version: 0 },
    };
  const { id, ...facts } = row;
  const items = await tx.rows<ToolkitItemAnswer>(
    `SELECT i.kind, i.subject_id AS id, coalesce(i.title, s.title, 'No longer shared') AS title, i.body
     FROM toolkit_items i LEFT JOIN ${sharable} AS s ON s.kind = i.kind AND s.id = i.subject_id
     WHERE i.toolkit_id = $1 ORDER BY i.position`,
    [id],
  );
  const living = await tx.rows<EditionRow>(
    `${editions} WHERE e.toolkit_id = $1 AND e.state IN ('asked', 'published')`,
    [id],
  );
  const of = (wanted: EditionState) => living.find(({ state }) => state === wanted);
  const [asked, published] = [of('asked'), of('published')];
  const now = published ? hashOfContent(await composeToolkit(tx, row)) : null;
  return {
    ...{ ...facts, items },
    asked: asked ? toEditionAnswer(asked) : null,
    published: published ? toEditionAnswer(published) : null,
    isCurrent: published?.contentHash === now && published?.slug === row.slug,
  };
}

export interface Published {
  content: ToolkitContent;
  contentHash: string;
  publishedAt: Date;
}

/** What is public at an address: asked of one function of the database, by whoever comes. */
export const publishedAt = (tx: Tx, slug: string): Promise<Published | undefined> =>
  tx.row<Published>(
    `SELECT content, content_hash AS "contentHash", published_at AS "publishedAt" FROM published_toolkit($1)`,
    [slug],
  );
