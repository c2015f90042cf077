import { excerptOf, foundFrom, foundTo, markFound } from '../../learning/entries/excerpt.js';
import { isSeen, type Sight } from '../../learning/sight.js';
import type { Tx } from '../../platform/database/tx.js';
import { containing, listPage, type Page } from '../../platform/http/list.js';
import type { FoundAnswer, FoundKind, SearchQuery } from './search.dto.js';

/** Where each kind has its page. */
const paths: Record<FoundKind, string> = {
  grant: '/grants',
  bond: '/bonds',
  goal: '/goals',
  indicator: '/indicators',
  measure: '/performance-measures',
  decision: '/decisions',
  learningEntry: '/learning-entries',
  organisation: '/organisations',
};

export const hrefOfFound = ({ kind, id }: { kind: FoundKind; id: string }): string => `${paths[kind]}/${id}`;

/**
 * Everything that is searched: a title, the words beside it, whose it is where partners see their own only, and the
 * stems of its words. Entries are many and long, so theirs are kept; of the rest they are made when somebody asks.
 */
const searched = `
  SELECT plain.*, learning_search(plain.title, '{}', plain.words) AS found FROM (
    SELECT 'grant' AS kind, g.id, g.coalition_id, g.reference || ' ' || g.title AS title, o.name AS words,
      g.organisation_id AS owner_id FROM grants g JOIN organisations o ON o.id = g.organisation_id
    UNION ALL SELECT 'bond', b.id, b.coalition_id, b.reference || ' ' || b.title, o.name, b.provider_id
      FROM bonds b JOIN organisations o ON o.id = b.provider_id
    UNION ALL SELECT 'goal', id, coalition_id, name, description, NULL FROM goals
    UNION ALL SELECT 'indicator', id, coalition_id, name, definition, NULL FROM indicators
    UNION ALL SELECT 'measure', id, coalition_id, name, programme || chr(10) || definition, NULL FROM performance_measures
    UNION ALL SELECT 'decision', id, coalition_id, 'D-' || number || ' ' || title, motion, NULL FROM decisions
    UNION ALL SELECT 'organisation', id, coalition_id, name, '', NULL FROM organisations) AS plain
  UNION ALL SELECT 'learningEntry', id, coalition_id, title,
      action || chr(10) || observation || chr(10) || reflection || chr(10) || next_step, NULL, search
    FROM learning_entries WHERE withdrawn_at IS NULL`;

interface Row {
  id: string;
  kind: FoundKind;
  title: string;
  words: string;
  relevance: bigint;
}

/**
 * What there is of some words in a coalition, of all kinds, the best first: row-level security keeps to the coalition,
 * and a partner finds its own grants and bonds only. Without words nothing is found.
 */
export async function searchCoalition(
  tx: Tx,
  coalitionId: string,
  query: SearchQuery,
  sight: Sight,
): Promise<Page<FoundAnswer>> {
  const q = (query.q ?? '').normalize('NFC');
  const page = await listPage<Row>(
    tx,
    {
      // A title that holds what was typed comes before all that only has its words.
      sql: `SELECT s.id, s.kind, s.title, s.words,
          (ts_rank_cd(s.found, asked.words, 32) * 1000000)::bigint + CASE WHEN s.title ILIKE asked.part THEN 1000000 ELSE 0 END AS relevance
        FROM (${searched}) AS s
        CROSS JOIN (SELECT websearch_to_tsquery('learning_words', folded($2)) AS words, $3::text AS part) AS asked
        WHERE s.coalition_id = $1 AND (s.found @@ asked.words OR s.title ILIKE asked.part)
          AND ${isSeen('s.owner_id', '$4', '$5')} AND ($6::text IS NULL OR s.kind = $6)`,
      parameters: [
        ...[coalitionId, q, containing(q), sight.seesAll, sight.organisationIds, query.kind ?? null],
      ],
      sorts: { relevance: { column: 'relevance', type: 'bigint' } },
      defaultSort: '-relevance',
    },
    query,
  );
  return { ...page, items: await markAll(tx, q, page.items) };
}

/** Marks what was found in those that are shown: the database takes longer to mark than to find. */
async function markAll(tx: Tx, q: string, rows: readonly Row[]): Promise<FoundAnswer[]> {
  const marked = await tx.rows<{ title: string; words: string }>(
    `SELECT ts_headline('learning_words', folded(f.title), asked.words, $4) AS title,
       ts_headline('learning_words', folded(f.words), asked.words, $4) AS words
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS f (title, words, place)
     CROSS JOIN (SELECT websearch_to_tsquery('learning_words', folded($1)) AS words) AS asked ORDER BY f.place`,
    [
      ...[q, rows.map(({ title }) => title), rows.map(({ words }) => words)],
      `HighlightAll=true, StartSel=${foundFrom}, StopSel=${foundTo}`,
    ],
  );
  return rows.map(({ id, kind, title, words }, index) => ({
    ...{ id, kind, title },
    foundTitle: markFound(title, marked[index]!.title),
    excerpt: words === '' ? [] : excerptOf(words, marked[index]!.words),
  }));
}
