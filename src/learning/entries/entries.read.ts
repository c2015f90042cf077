import type { Parameter, Tx } from '../../platform/database/tx.js';
import { fieldError, notFound } from '../../platform/errors/domain-error.js';
import { type ListQuery, listPage, type Page } from '../../platform/http/list.js';
import { linkable } from '../link-kinds.js';
import { isSeen, type Sight } from '../sight.js';
import { foundFrom, foundTo } from './excerpt.js';
import {
  type FoundLearningEntryAnswer,
  type LearningEntriesQuery,
  type LearningEntryAnswer,
  type LearningEntryRow,
  type LearningEntryVersionAnswer,
  toFoundEntryAnswer,
  toLearningEntryAnswer,
} from './learning-entry.dto.js';

/** Parameters $1 and $2 are the reader's sight. */
const linksOf = (entry: string): string => `
  SELECT s.kind, s.id, s.title FROM learning_links l JOIN ${linkable} AS s ON s.kind = l.kind AND s.id = l.subject_id
  WHERE l.entry_id = ${entry} AND ${isSeen('s.owner_id', '$1', '$2')}`;

const columns = `
  e.id, e.coalition_id AS "coalitionId", e.happened_on AS "happenedOn", e.title, e.action, e.observation, e.reflection,
  e.next_step AS "nextStep", e.tags, e.author_id AS "authorId", p.name AS author, e.written_at AS "writtenAt",
  e.withdrawn_at AS "withdrawnAt", e.withdrawn_reason AS "withdrawnReason", e.version,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'id', f.id, 'title', f.title) ORDER BY f.kind, f.title), '[]')
   FROM (${linksOf('e.id')}) AS f) AS links`;

const sightParameters = ({ seesAll, organisationIds }: Sight): Parameter[] => [seesAll, organisationIds];

/** An entry with those of its links that the reader may see. @throws notFound */
export async function readEntry(tx: Tx, entryId: string, sight: Sight): Promise<LearningEntryAnswer> {
  const row = await tx.row<LearningEntryRow>(
    `SELECT ${columns} FROM learning_entries e JOIN persons p ON p.id = e.author_id WHERE e.id = $3`,
    [...sightParameters(sight), entryId],
  );
  if (!row) throw notFound('learning entry');
  return toLearningEntryAnswer(row);
}

const everything = `HighlightAll=true, StartSel=${foundFrom}, StopSel=${foundTo}`;
const marked = (text: string): string =>
  `CASE WHEN $4::text IS NOT NULL THEN ts_headline('learning_words', folded(${text}), asked.words, '${everything}') END`;

const narrowed = `
  e.coalition_id = $3
  AND ($4::text IS NULL OR e.search @@ asked.words)
  AND ($5::text IS NULL OR $5 = ANY (e.tags))
  AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM (${linksOf('e.id')}) AS f WHERE f.kind = $6 AND ($7::uuid IS NULL OR f.id = $7)))
  AND ($8::uuid IS NULL OR e.author_id = $8)
  AND ($9::date IS NULL OR e.happened_on >= $9)
  AND ($10::date IS NULL OR e.happened_on <= $10)
  AND ($11::text = 'all' OR ($11 = 'withdrawn') = (e.withdrawn_at IS NOT NULL))`;

/**
 * The entries of a coalition, newest first; those in which words are looked for, by how well they fit. Nobody finds an
 * entry by a link that they may not see.
 * @throws invalidInput
 */
export async function listEntries(
  tx: Tx,
  coalitionId: string,
  query: LearningEntriesQuery,
  sight: Sight,
): Promise<Page<FoundLearningEntryAnswer>> {
  if (query.linkId !== undefined && query.linkKind === undefined)
    throw fieldError('invalidInput', '/linkKind', 'Say of which kind it is, too.');
  const q = query.q === undefined || query.q === '' ? null : query.q.normalize('NFC');
  const page = await listPage<LearningEntryRow & { relevance: bigint }>(
    tx,
    {
      // The rank is a float: as a whole number of millionths it keeps its order, and a cursor can hold it.
      sql: `SELECT ${columns}, CASE WHEN $4::text IS NULL THEN 0 ELSE (ts_rank_cd(e.search, asked.words, 32) * 1000000)::bigint END AS relevance,
          ${marked('e.title')} AS "markedTitle",
          ${marked(`e.action || chr(10) || e.observation || chr(10) || e.reflection || chr(10) || e.next_step`)} AS "markedWords"
        FROM learning_entries e JOIN persons p ON p.id = e.author_id
        CROSS JOIN (SELECT websearch_to_tsquery('learning_words', folded($4)) AS words) AS asked
        WHERE ${narrowed}`,
      parameters: [
        ...sightParameters(sight),
        ...[coalitionId, q, query.tag?.toLowerCase() ?? null, query.linkKind ?? null, query.linkId ?? null],
        ...[query.authorId ?? null, query.from ?? null, query.to ?? null, query.state ?? 'standing'],
      ],
      sorts: {
        happenedOn: { column: '"happenedOn"', type: 'date' },
        title: { column: 'title', type: 'text' },
        relevance: { column: 'relevance', type: 'bigint' },
      },
      defaultSort: q === null ? '-happenedOn' : '-relevance',
    },
    query,
  );
  return { ...page, items: page.items.map(({ relevance: _, ...row }) => toFoundEntryAnswer(row)) };
}

/** Every version of an entry's words, the newest first. */
export async function versionsOf(
  tx: Tx,
  entryId: string,
  query: ListQuery = {},
): Promise<Page<LearningEntryVersionAnswer>> {
  type Row = Omit<LearningEntryVersionAnswer, 'writtenAt'> & { writtenAt: Date };
  const page = await listPage<Row>(
    tx,
    {
      sql: `SELECT v.id, v.version, v.happened_on AS "happenedOn", v.title, v.action, v.observation, v.reflection,
          v.next_step AS "nextStep", v.tags, p.name AS "writtenBy", v.written_at AS "writtenAt"
        FROM learning_entry_versions v JOIN persons p ON p.id = v.written_by WHERE v.entry_id = $1`,
      parameters: [entryId],
      sorts: { version: { column: 'version', type: 'integer' } },
      defaultSort: '-version',
    },
    query,
  );
  return {
    ...page,
    items: page.items.map(({ writtenAt, ...rest }) => ({ ...rest, writtenAt: writtenAt.toISOString() })),
  };
}
