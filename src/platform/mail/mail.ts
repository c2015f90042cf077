import { v7 as newId } from 'uuid';
import type { Tx } from '../database/tx.js';
import { planDigests, type Rhythm } from './digests.js';
import { isEssential, type LetterKind, letterKinds } from './letter-kinds.js';

/** A mail as a room writes it; see `renderLetter` for subject, text and HTML. */
export interface MailDraft {
  /** Whose money or work it is about; null for what belongs to the installation: accounts. */
  coalitionId: string | null;
  /** The person it goes to, if they have an account. */
  personId: string | null;
  to: string;
  /** What kind of letter this is. */
  template: LetterKind;
  subject: string;
  text: string;
  html: string;
  /** What it is sent for. One mail for each cause and address, for ever: repeated work sends nothing twice. */
  cause: { kind: string; id: string; key: string };
  /** The subjects it tells of, where it tells of several in one; else that of its cause. */
  about?: string[];
  /** Stored files of the same coalition. */
  attachments?: { fileId: string; fileName: string }[];
}

/** The most mails that one statement writes. */
const BATCH = 200;

/**
 * Queues mails in the transaction of what they tell of: they go out if and only if it commits. What its reader
 * wants to hear of later waits for a digest, or stays in their inbox; an essential letter, and one with files, goes
 * out at once. Returns how many were new; one whose cause was told to that address before is left out.
 */
export async function queueMails(tx: Tx, drafts: MailDraft[]): Promise<number> {
  let queued = 0;
  for (let start = 0; start < drafts.length; start += BATCH) {
    queued += await queueBatch(tx, drafts.slice(start, start + BATCH));
  }
  return queued;
}

async function queueBatch(tx: Tx, drafts: MailDraft[]): Promise<number> {
  const rows = drafts.map((draft) => ({
    id: newId(),
    coalition_id: draft.coalitionId,
    person_id: draft.personId,
    to_address: draft.to,
    template: draft.template,
    // Null goes out at once, whatever its reader prefers.
    topic:
      isEssential(draft.template) || draft.attachments?.length ? null : letterKinds[draft.template].topic,
    subject: draft.subject,
    text_body: draft.text,
    html_body: draft.html,
    cause_kind: draft.cause.kind,
    cause_id: draft.cause.id,
    cause_key: draft.cause.key,
    about: draft.about ?? [draft.cause.id],
  }));
  const added = await tx.rows<{ id: string; coalitionId: string; digest: Rhythm | null }>(
    `INSERT INTO mail_messages (id, coalition_id, person_id, to_address, template, subject, text_body, html_body,
                                cause_kind, cause_id, cause_key, about, created_at, state, digest)
     SELECT d.id, d.coalition_id, d.person_id, d.to_address, d.template, d.subject, d.text_body, d.html_body,
            d.cause_kind, d.cause_id, d.cause_key, d.about, $2,
            CASE p.delivery WHEN 'inbox' THEN 'inbox' WHEN 'daily' THEN 'waiting' WHEN 'weekly' THEN 'waiting' ELSE 'queued' END,
            CASE WHEN p.delivery IN ('daily', 'weekly') THEN p.delivery END
     FROM jsonb_to_recordset($1::jsonb) AS d (id uuid, coalition_id uuid, person_id uuid, to_address text, template text,
            subject text, text_body text, html_body text, cause_kind text, cause_id uuid, cause_key text, about uuid[],
            topic text)
     LEFT JOIN mail_preferences p ON p.person_id = d.person_id AND p.topic = d.topic AND d.coalition_id IS NOT NULL
     ON CONFLICT (cause_kind, cause_id, cause_key, to_address) DO NOTHING
     RETURNING id, coalition_id AS "coalitionId", digest`,
    [JSON.stringify(rows), tx.now],
  );
  await planDigests(
    tx,
    added.flatMap(({ coalitionId, digest }) => (digest ? [{ coalitionId, rhythm: digest }] : [])),
  );
  const addedIds = new Set(added.map(({ id }) => id));
  const attachments = drafts.flatMap(({ attachments: files = [] }, index) =>
    addedIds.has(rows[index]!.id)
      ? files.map(({ fileId, fileName }, number) => ({
          mail_id: rows[index]!.id,
          number: number + 1,
          file_id: fileId,
          file_name: fileName,
        }))
      : [],
  );
  if (attachments.length > 0) {
    await tx.run(
      `INSERT INTO mail_attachments (mail_id, number, file_id, file_name)
       SELECT mail_id, number, file_id, file_name
       FROM jsonb_to_recordset($1::jsonb) AS a (mail_id uuid, number integer, file_id uuid, file_name text)`,
      [JSON.stringify(attachments)],
    );
  }
  return added.length;
}
