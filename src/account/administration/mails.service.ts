import { Inject, Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Config } from '../../platform/config/config.js';
import { throughDoor } from '../../platform/database/door.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../../platform/http/list.js';
import { type MailState, mailStates } from '../../platform/mail/mail-message.entity.js';
import { sendAgain } from '../../platform/mail/send-again.js';
import { CONFIG } from '../../platform/tokens.js';
import type { MailsQuery } from './mail-list.dto.js';

/** What an administrator may always know of a mail. */
export interface MailView {
  id: string;
  to: string;
  /** What kind of letter it is, such as `account.invitation`. */
  template: string;
  /** Null where the content is nobody's business. */
  subject: string | null;
  state: MailState;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  retryAt: Date | null;
  lastError: string | null;
  /** When what it asks for was done: it is not sent any more. */
  calledOffAt: Date | null;
}

export interface MailContentView extends MailView {
  /** Null where the content is nobody's business. */
  content: { text: string; html: string; attachments: string[] } | null;
}

/**
 * The mails of the installation, for its administrators.
 *
 * Who may read what: an administrator sees no money by that role. So with a mail server, when mails reach their
 * readers, the page shows addresses, states and errors, and never a subject or a body. Without one (`SMTP_URL` is not
 * set: a trial, a demonstration) nobody would ever see a mail, and nothing could be tried; then, and only then, every
 * mail can be read here, one-time links included. The rule is held here, not in the pages.
 */
@Injectable()
export class MailsService {
  readonly areReadable: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.areReadable = config.smtpUrl === null;
  }

  async list(tx: Tx, query: MailsQuery): Promise<Page<MailView>> {
    return throughDoor(tx, 'post', () =>
      listPage<MailView>(
        tx,
        {
          sql: `${this.mails} WHERE ($1::text IS NULL OR m.state = $1) AND ($2::text IS NULL OR m.to_address ILIKE $2)
            AND ($3::text IS NULL OR m.template = $3)
            AND ($4::date IS NULL OR m.created_at >= $4::date AT TIME ZONE 'UTC')
            AND ($5::date IS NULL OR m.created_at < ($5::date + 1) AT TIME ZONE 'UTC')`,
          parameters: [
            query.state ?? null,
            containing(query.to),
            query.template ?? null,
            query['createdOn.gte'] ?? null,
            query['createdOn.lte'] ?? null,
          ],
          sorts: {
            createdAt: { column: '"createdAt"', type: 'timestamptz' },
            to: { column: '"to"', type: 'text' },
          },
          defaultSort: '-createdAt',
        },
        query,
      ),
    );
  }

  /** How many mails there are in each state. */
  async counts(tx: Tx): Promise<Record<MailState, number>> {
    const rows = await throughDoor(tx, 'post', () =>
      tx.rows<{ state: MailState; count: number }>(
        `SELECT state, count(*)::int AS count FROM mail_messages GROUP BY state`,
      ),
    );
    const countOf = (state: MailState) => rows.find((row) => row.state === state)?.count ?? 0;
    return Object.fromEntries(mailStates.map((state) => [state, countOf(state)])) as Record<
      MailState,
      number
    >;
  }

  /** The kinds of letter that were ever written, by name. */
  async templates(tx: Tx): Promise<string[]> {
    const rows = await throughDoor(tx, 'post', () =>
      tx.rows<{ template: string }>(`SELECT DISTINCT template FROM mail_messages ORDER BY template`),
    );
    return rows.map(({ template }) => template);
  }

  /** @throws notFound */
  async read(tx: Tx, mailId: string): Promise<MailContentView> {
    if (!isUuid(mailId)) throw notFound('mail');
    return throughDoor(tx, 'post', async () => {
      const mail = await tx.row<MailView>(`${this.mails} WHERE m.id = $1`, [mailId]);
      if (!mail) throw notFound('mail');
      return { ...mail, content: this.areReadable ? await contentOf(tx, mailId) : null };
    });
  }

  /**
   * Queues a mail once more because a person decided so, knowing that it may arrive twice.
   * @throws stateForbids, notFound
   */
  async sendAgain(tx: Tx, mailId: string): Promise<MailView> {
    const mail = await this.read(tx, mailId);
    await throughDoor(tx, 'post', () => sendAgain(tx, { id: mailId, coalitionId: null }));
    return mail;
  }

  private get mails(): string {
    return `SELECT m.id, m.to_address AS "to", m.template, ${this.areReadable ? 'm.subject' : 'NULL::text AS subject'},
      m.state, m.attempts, m.created_at AS "createdAt", m.sent_at AS "sentAt", m.retry_at AS "retryAt",
      m.last_error AS "lastError", m.called_off_at AS "calledOffAt" FROM mail_messages m`;
  }
}

async function contentOf(tx: Tx, mailId: string): Promise<MailContentView['content']> {
  const body = await tx.row<{ text: string; html: string }>(
    `SELECT text_body AS text, html_body AS html FROM mail_messages WHERE id = $1`,
    [mailId],
  );
  const attachments = await tx.rows<{ fileName: string }>(
    `SELECT file_name AS "fileName" FROM mail_attachments WHERE mail_id = $1 ORDER BY number`,
    [mailId],
  );
  return { ...body!, attachments: attachments.map(({ fileName }) => fileName) };
}
