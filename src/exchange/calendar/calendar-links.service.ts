import { Inject, Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import { hashOf, newSecret } from '../../platform/auth/secrets.js';
import type { Config } from '../../platform/config/config.js';
import { type PersonActor, personActor } from '../../platform/database/actor.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { CONFIG } from '../../platform/tokens.js';
import type {
  CalendarLinkAnswer,
  CalendarLinksQuery,
  MakeCalendarLink,
  NewCalendarLinkAnswer,
} from './calendar-link.dto.js';

const MOST_LIVING = 20;
/** `last_used_at` is written at most this often. */
const USED_EVERY_MS = 60_000;

const links = `SELECT id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
  FROM calendar_links`;

/** Whose dates a link shows, and how they read figures. */
export interface CalendarReader {
  actor: PersonActor;
  locale: string;
}

/** A person's own private links. Row-level security shows nobody else's. */
@Injectable()
export class CalendarLinksService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Makes a link. It is in this answer and nowhere else.
   * @throws ruleBroken beyond 20 living links
   */
  async make(tx: Tx, personId: string, { name }: MakeCalendarLink): Promise<NewCalendarLinkAnswer> {
    const living = await tx.row<{ count: number }>(
      `SELECT count(*)::int AS count FROM calendar_links WHERE person_id = $1 AND revoked_at IS NULL`,
      [personId],
    );
    if (living!.count >= MOST_LIVING) {
      throw new DomainError(
        'ruleBroken',
        `You have ${MOST_LIVING} links. Revoke one that you no longer use.`,
      );
    }
    const secret = newSecret();
    const made = await tx.row<{ id: string }>(
      `INSERT INTO calendar_links (person_id, name, secret_hash, created_at) VALUES ($1, $2, $3, $4) RETURNING id`,
      [personId, name, hashOf(secret), tx.now],
    );
    await audit(tx, {
      coalitionId: null,
      action: 'calendarLink.made',
      subject: { kind: 'calendarLink', id: made!.id },
      after: { name },
    });
    return { ...(await this.read(tx, made!.id)), url: `${this.config.publicUrl}/calendar/${secret}.ics` };
  }

  list(tx: Tx, query: CalendarLinksQuery): Promise<Page<CalendarLinkAnswer>> {
    return listPage<CalendarLinkAnswer>(
      tx,
      {
        sql: links,
        parameters: [],
        sorts: { createdAt: { column: '"createdAt"', type: 'timestamptz' } },
        defaultSort: '-createdAt',
      },
      query,
    );
  }

  /**
   * Ends a link at once.
   * @throws stateForbids when it is revoked already
   */
  async revoke(tx: Tx, linkId: string): Promise<CalendarLinkAnswer> {
    const { name } = await this.read(tx, linkId);
    const ended = await tx.run(
      `UPDATE calendar_links SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`,
      [linkId, tx.now],
    );
    if (ended !== 1) throw new DomainError('stateForbids', 'This link is revoked already.');
    await audit(tx, {
      coalitionId: null,
      action: 'calendarLink.revoked',
      subject: { kind: 'calendarLink', id: linkId },
      before: { name },
    });
    return this.read(tx, linkId);
  }

  /**
   * Whose dates a secret shows. To be asked through the door of sign-in: nobody is signed in.
   * @throws notFound for a link that is unknown or revoked
   */
  async readerOf(tx: Tx, secret: string): Promise<CalendarReader> {
    const link = await tx.row<{
      id: string;
      lastUsedAt: Date | null;
      personId: string;
      name: string;
      locale: string;
    }>(
      `SELECT l.id, l.last_used_at AS "lastUsedAt", p.id AS "personId", p.name, p.locale
       FROM calendar_links l JOIN persons p ON p.id = l.person_id WHERE l.secret_hash = $1 AND l.revoked_at IS NULL`,
      [hashOf(secret)],
    );
    if (!link) throw notFound('calendar');
    if (!link.lastUsedAt || tx.now.getTime() - link.lastUsedAt.getTime() >= USED_EVERY_MS) {
      await tx.run(`UPDATE calendar_links SET last_used_at = $2 WHERE id = $1`, [link.id, tx.now]);
    }
    return { actor: personActor(link.personId, link.name), locale: link.locale };
  }

  private async read(tx: Tx, linkId: string): Promise<CalendarLinkAnswer> {
    if (!isUuid(linkId)) throw notFound('calendar');
    const link = await tx.row<CalendarLinkAnswer>(`${links} WHERE id = $1`, [linkId]);
    if (!link) throw notFound('calendar');
    return link;
  }
}
