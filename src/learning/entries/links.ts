import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { linkable } from '../link-kinds.js';
import { isSeen, type Sight } from '../sight.js';

export interface Link {
  kind: string;
  id: string;
}

export interface NamedLink extends Link {
  title: string;
}

/** Those of the coalition's things that the reader may see, with their titles. */
export function seenOf(
  tx: Tx,
  coalitionId: string,
  links: readonly Link[],
  sight: Sight,
): Promise<NamedLink[]> {
  return tx.rows<NamedLink>(
    `SELECT s.kind, s.id, s.title FROM unnest($1::text[], $2::uuid[]) AS asked (kind, id)
     JOIN ${linkable} AS s ON s.kind = asked.kind AND s.id = asked.id
     WHERE s.coalition_id = $3 AND ${isSeen('s.owner_id', '$4', '$5')}`,
    [
      ...[links.map(({ kind }) => kind), links.map(({ id }) => id), coalitionId],
      ...[sight.seesAll, sight.organisationIds],
    ],
  );
}

/** Everything that the reader may link to, kind by kind, the newest first; so many of each at most. */
export function linkChoices(
  tx: Tx,
  coalitionId: string,
  sight: Sight,
  mostOfEach = 100,
): Promise<NamedLink[]> {
  return tx.rows<NamedLink>(
    `SELECT kind, id, title FROM (
       SELECT s.*, row_number() OVER (PARTITION BY s.kind ORDER BY s.id DESC) AS place FROM ${linkable} AS s
       WHERE s.coalition_id = $1 AND ${isSeen('s.owner_id', '$2', '$3')}) AS newest
     WHERE place <= $4 ORDER BY kind, title, id`,
    [coalitionId, sight.seesAll, sight.organisationIds, mostOfEach],
  );
}

/**
 * Makes these the links of an entry. Links that whoever writes may not see stay: nobody removes what they do not know of.
 * @returns the links that are seen, as they are now
 * @throws ruleBroken naming the link that is not there, or may not be seen
 */
export async function setLinks(
  tx: Tx,
  entry: { id: string; coalitionId: string },
  links: readonly Link[],
  sight: Sight,
): Promise<NamedLink[]> {
  const seen = await seenOf(tx, entry.coalitionId, links, sight);
  const isSeenHere = (link: Link) => seen.some(({ kind, id }) => kind === link.kind && id === link.id);
  const missing = links.findIndex((link) => !isSeenHere(link));
  if (missing !== -1)
    throw fieldError(
      'ruleBroken',
      `/links/${missing}`,
      'Link what is of this coalition, and what you may see.',
    );
  const before = await tx.rows<Link>(
    `SELECT kind, subject_id AS id FROM learning_links WHERE entry_id = $1`,
    [entry.id],
  );
  const known = await seenOf(tx, entry.coalitionId, before, sight);
  const gone = known.filter(({ kind, id }) => !links.some((link) => link.kind === kind && link.id === id));
  await tx.run(
    `DELETE FROM learning_links l USING unnest($2::text[], $3::uuid[]) AS gone (kind, id)
     WHERE l.entry_id = $1 AND l.kind = gone.kind AND l.subject_id = gone.id`,
    [entry.id, gone.map(({ kind }) => kind), gone.map(({ id }) => id)],
  );
  await tx.run(
    `INSERT INTO learning_links (coalition_id, entry_id, kind, subject_id, linked_by, linked_at)
     SELECT $1, $2, wanted.kind, wanted.id, $5, $6 FROM unnest($3::text[], $4::uuid[]) AS wanted (kind, id)
     ON CONFLICT (entry_id, kind, subject_id) DO NOTHING`,
    [
      ...[entry.coalitionId, entry.id, seen.map(({ kind }) => kind), seen.map(({ id }) => id)],
      ...[tx.actor.personId ?? null, tx.now],
    ],
  );
  return seen;
}
