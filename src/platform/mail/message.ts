import MailComposer from 'nodemailer/lib/mail-composer';
import type { Tx } from '../database/tx.js';
import { contentIdOf, isShownIn } from './inline-pictures.js';
import { wholeContent } from '../files/files.js';

const MOST_ATTACHED_BYTES = 20 * 1024 * 1024;

/** A mail as its row holds it. */
export interface MailContent {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  createdAt: Date;
}

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** The files of a mail, in order. Throws when one is missing, or when they are too large together. */
export async function attachmentsOf(tx: Tx, mailId: string): Promise<Attachment[]> {
  const sizes = await tx.row<{ attached: number; found: number; bytes: bigint }>(
    `SELECT count(*)::int AS attached, count(f.id)::int AS found, coalesce(sum(f.size_bytes), 0)::bigint AS bytes
     FROM mail_attachments a LEFT JOIN stored_files f ON f.id = a.file_id WHERE a.mail_id = $1`,
    [mailId],
  );
  if (!sizes || sizes.found < sizes.attached) throw new Error('An attachment is missing.');
  if (sizes.bytes > MOST_ATTACHED_BYTES) {
    throw new Error('The attachments are larger than 20 MB together: send a link instead.');
  }
  return tx.rows<Attachment>(
    `SELECT a.file_name AS filename, f.media_type AS "contentType", ${wholeContent} AS content
     FROM mail_attachments a JOIN stored_files f ON f.id = a.file_id WHERE a.mail_id = $1 ORDER BY a.number`,
    [mailId],
  );
}

/** The whole message as it goes over the wire. Nothing is fetched from files or other hosts. */
export async function composeMessage(
  mail: MailContent,
  attachments: Attachment[],
  sender: { mailFrom: string; publicUrl: string },
): Promise<Buffer> {
  const composer = new MailComposer({
    from: sender.mailFrom,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: mail.createdAt,
    // The same at every try, so that a mailbox can tell a repetition.
    messageId: `<${mail.id}@${new URL(sender.publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: attachments.map((file) =>
      isShownIn(mail.html, file.filename)
        ? { ...file, cid: contentIdOf(file.filename), contentDisposition: 'inline' as const }
        : file,
    ),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** The bare address in `Name <name@example.org>`. */
export const addressOf = (sender: string): string => /<([^>]+)>/.exec(sender)?.[1] ?? sender.trim();
