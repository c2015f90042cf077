import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../../platform/http/list.js';
import { type LetterKind, letterKinds } from '../../platform/mail/letter-kinds.js';
import type { CoalitionLetterAnswer, CoalitionLettersQuery } from './coalition-letter.dto.js';
import { kindsOf } from '../notice-words.js';

interface LetterRow extends Omit<CoalitionLetterAnswer, 'topic' | 'createdAt' | 'readAt' | 'calledOffAt'> {
  template: LetterKind;
  createdAt: Date;
  readAt: Date | null;
  calledOffAt: Date | null;
}

const letters = `
  SELECT m.id, m.coalition_id AS "coalitionId", p.name AS reader, m.to_address AS "to", m.template, m.subject, m.state,
    m.attempts, m.last_error AS "lastError", m.created_at AS "createdAt", m.read_at AS "readAt",
    m.called_off_at AS "calledOffAt"
  FROM mail_messages m LEFT JOIN persons p ON p.id = m.person_id`;

/** SQL: what a person must look at. Nobody knows whether it arrived, or it did not; and it is still to the point. */
const isDoubtful = `m.state IN ('uncertain', 'failed') AND m.called_off_at IS NULL`;

/** What was written to the people of a coalition, and what became of it: never what it says beyond its subject. */
export async function listLetters(
  tx: Tx,
  coalitionId: string,
  query: CoalitionLettersQuery,
): Promise<Page<CoalitionLetterAnswer>> {
  const page = await listPage<LetterRow>(
    tx,
    {
      sql: `${letters} WHERE m.coalition_id = $1
        AND ($2::text IS NULL OR CASE WHEN $2 = 'doubtful' THEN ${isDoubtful} ELSE m.state = $2 END)
        AND ($3::text[] IS NULL OR m.template = ANY ($3))
        AND ($4::text IS NULL OR m.to_address ILIKE $4 OR p.name ILIKE $4)`,
      parameters: [
        coalitionId,
        query.state ?? null,
        query.topic ? kindsOf(query.topic) : null,
        containing(query.to),
      ],
      sorts: {
        createdAt: { column: '"createdAt"', type: 'timestamptz' },
        to: { column: '"to"', type: 'text' },
      },
      defaultSort: '-createdAt',
    },
    query,
  );
  return { ...page, items: page.items.map(toAnswer) };
}

/** @throws notFound */
export async function readLetter(tx: Tx, letterId: string): Promise<CoalitionLetterAnswer> {
  const row = await tx.row<LetterRow>(`${letters} WHERE m.id = $1`, [letterId]);
  if (!row) throw notFound('letter');
  return toAnswer(row);
}

/** The letters about these subjects that a person must look at, the newest first; 20 at most. */
export async function doubtfulAbout(
  tx: Tx,
  coalitionId: string,
  subjectIds: string[],
): Promise<CoalitionLetterAnswer[]> {
  const rows = await tx.rows<LetterRow>(
    `${letters} WHERE m.coalition_id = $1 AND m.about && $2::uuid[] AND ${isDoubtful}
     ORDER BY m.created_at DESC, m.id LIMIT 20`,
    [coalitionId, subjectIds],
  );
  return rows.map(toAnswer);
}

export async function countDoubtful(tx: Tx, coalitionId: string): Promise<number> {
  const row = await tx.row<{ count: number }>(
    `SELECT count(*)::int AS count FROM mail_messages m WHERE m.coalition_id = $1 AND ${isDoubtful}`,
    [coalitionId],
  );
  return row!.count;
}

const toAnswer = ({
  template,
  createdAt,
  readAt,
  calledOffAt,
  ...row
}: LetterRow): CoalitionLetterAnswer => ({
  ...row,
  topic: letterKinds[template].topic,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
  calledOffAt: calledOffAt?.toISOString() ?? null,
});
