import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { type LetterKind, letterKinds } from '../../platform/mail/letter-kinds.js';
import type { MailState } from '../../platform/mail/mail-message.entity.js';
import { kindsOf } from '../notice-words.js';
import type { NoticeAnswer, NoticesQuery, NoticeTextAnswer } from './notice.dto.js';

interface NoticeRow {
  id: string;
  coalitionId: string;
  coalition: string;
  template: LetterKind;
  subject: string;
  createdAt: Date;
  readAt: Date | null;
  mail: MailState;
}

/** A digest tells of what is in the inbox already. */
const notices = `SELECT m.id, m.coalition_id AS "coalitionId", c.name AS coalition, m.template, m.subject,
    m.created_at AS "createdAt", m.read_at AS "readAt", m.state AS mail
  FROM mail_messages m JOIN coalitions c ON c.id = m.coalition_id
  WHERE m.person_id = $1 AND m.template <> 'mail.digest'`;

/** Everything a person was written, in the coalitions they have a seat in: also what no mail was sent of. */
@Injectable()
export class InboxService {
  async list(tx: Tx, personId: string, query: NoticesQuery): Promise<Page<NoticeAnswer>> {
    const page = await listPage<NoticeRow>(
      tx,
      {
        sql: `${notices} AND ($2::text IS NULL OR (m.read_at IS NULL) = ($2 = 'unread'))
          AND ($3::text[] IS NULL OR m.template = ANY ($3)) AND ($4::uuid IS NULL OR m.coalition_id = $4)`,
        parameters: [
          personId,
          query.state ?? null,
          query.topic ? kindsOf(query.topic) : null,
          query.coalitionId ?? null,
        ],
        sorts: { createdAt: { column: '"createdAt"', type: 'timestamptz' } },
        defaultSort: '-createdAt',
      },
      query,
    );
    return { ...page, items: page.items.map(toNotice) };
  }

  /** @throws notFound */
  async read(tx: Tx, personId: string, noticeId: string): Promise<NoticeTextAnswer & { html: string }> {
    if (!isUuid(noticeId)) throw notFound('notice');
    const row = await tx.row<NoticeRow>(`${notices} AND m.id = $2`, [personId, noticeId]);
    if (!row) throw notFound('notice');
    const body = await tx.row<{ text: string; html: string }>(
      `SELECT text_body AS text, html_body AS html FROM mail_messages WHERE id = $1`,
      [noticeId],
    );
    return { ...toNotice(row), ...body! };
  }

  /** Marks one as read; one that was read before stays so. @throws notFound */
  async markRead(tx: Tx, personId: string, noticeId: string): Promise<NoticeTextAnswer> {
    await tx.run(
      `UPDATE mail_messages SET read_at = $3 WHERE id::text = $2 AND person_id = $1 AND read_at IS NULL`,
      [personId, noticeId, tx.now],
    );
    const { html: _, ...notice } = await this.read(tx, personId, noticeId);
    return notice;
  }

  /** Marks everything as read that was written by an instant, by default by now; returns how many were new. */
  markAllRead(tx: Tx, personId: string, writtenBy = tx.now): Promise<number> {
    return tx.run(
      `UPDATE mail_messages SET read_at = $2
       WHERE person_id = $1 AND read_at IS NULL AND coalition_id IS NOT NULL AND created_at <= $3`,
      [personId, tx.now, writtenBy],
    );
  }
}

/** How many notices a person has not read. */
export async function countUnread(tx: Tx, personId: string): Promise<number> {
  const row = await tx.row<{ unread: number }>(
    `SELECT count(*)::int AS unread FROM (${notices} AND m.read_at IS NULL) AS notice`,
    [personId],
  );
  return row!.unread;
}

const toNotice = ({ template, createdAt, readAt, ...row }: NoticeRow): NoticeAnswer => ({
  ...row,
  topic: letterKinds[template].topic,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});
