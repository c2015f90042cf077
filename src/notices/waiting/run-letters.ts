import type { LetterKind } from '../../platform/mail/letter-kinds.js';
import type { RenderedLetter } from '../../platform/mail/letter.js';
import type { MailDraft } from '../../platform/mail/mail.js';
import type { Tx } from '../../platform/database/tx.js';
import type { OccurrenceKind } from '../../platform/queue/job-kinds.js';
import type { DueOccurrence } from '../../platform/queue/occurrences.js';

/** Somebody who is told of something. */
export interface RunReader {
  /** Null for an organisation that nobody sits here for. */
  personId: string | null;
  name: string;
  email: string;
  locale: string;
}

/** A matter that is told of in this run, and who is told. */
export interface Told<Matter, Reader extends RunReader> {
  occurrence: DueOccurrence;
  matter: Matter;
  readers: readonly Reader[];
}

/** One matter, as one reader is told of it. */
export interface Telling<Matter, Reader extends RunReader> {
  matter: Matter;
  step: string;
  reader: Reader;
}

/**
 * One letter for each reader and run, however much is told of in it: whoever can decide on forty payments gets one
 * mail. It is taken back when the last of what it tells of is done.
 */
export function lettersOfRun<Matter, Reader extends RunReader>(
  told: readonly Told<Matter, Reader>[],
  template: LetterKind,
  write: (tellings: Telling<Matter, Reader>[]) => RenderedLetter,
): MailDraft[] {
  const byReader = new Map<string, (Telling<Matter, Reader> & { occurrence: DueOccurrence })[]>();
  for (const { occurrence, matter, readers } of told)
    for (const reader of readers) {
      const telling = { occurrence, matter, step: occurrence.periodKey, reader };
      byReader.set(reader.email, [...(byReader.get(reader.email) ?? []), telling]);
    }
  return [...byReader.values()].map((tellings): MailDraft => {
    const { occurrence, reader } = tellings[0]!;
    const { coalitionId, kind, subjectId, periodKey } = occurrence;
    return {
      ...{ coalitionId, personId: reader.personId, to: reader.email, template, ...write(tellings) },
      cause: { kind, id: subjectId, key: periodKey },
      about: tellings.map((telling) => telling.occurrence.subjectId),
    };
  });
}

/** The newest step of each subject that is due by now, done or not: after a pause only that one is told. */
export async function newestSteps(tx: Tx, kind: OccurrenceKind, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; step: string }>(
    `SELECT DISTINCT ON (subject_id) subject_id AS id, period_key AS step FROM occurrences
     WHERE kind = $1 AND subject_id = ANY ($2::uuid[]) AND due_at <= $3 ORDER BY subject_id, due_at DESC`,
    [kind, ids, tx.now],
  );
  return new Map(rows.map(({ id, step }) => [id, step]));
}
