import { Inject, Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import type { Config } from '../platform/config/config.js';
import { throughDoor } from '../platform/database/door.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import type { RenderedLetter } from '../platform/mail/letter.js';
import { queueMails } from '../platform/mail/mail.js';
import { CONFIG } from '../platform/tokens.js';
import type { InvitationAnswer, InvitationsQuery } from './invitation.dto.js';
import { invitationLetter, newSeatLetter } from './invitation.letters.js';
import { INVITATION_MS, type Link, linkUrl, makeLink, renewLink } from './invitation-links.js';
import { findOrMakePerson, findPerson, type KnownPerson } from './persons.js';

export interface Invite {
  /** Null for an account without any seat yet. */
  coalitionId: string | null;
  email: string;
  name: string;
  /** Null where the installation itself invites. */
  invitedBy: string | null;
}

interface Invited {
  coalitionId: string | null;
  person: KnownPerson;
  invitedBy: string | null;
}

const invitations = `
  SELECT i.id, i.coalition_id AS "coalitionId", i.person_id AS "personId", p.name, p.email, i.created_at AS "createdAt",
    i.expires_at AS "expiresAt",
    CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
         WHEN i.expires_at <= $1 THEN 'expired' ELSE 'open' END AS state
  FROM invitations i JOIN persons p ON p.id = i.person_id`;

/** Brings people in: by a link to choose a password, or, where they have one, by the news of their seat. */
@Injectable()
export class InvitationsService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Finds the person with this address, or makes them, and mails them. Whoever invites learns their id, and not
   * whether they were known before.
   */
  async invite(tx: Tx, { coalitionId, email, name, invitedBy }: Invite): Promise<{ personId: string }> {
    const address = email.trim().toLowerCase();
    return throughDoor(tx, 'identity', async () => {
      const person = await findOrMakePerson(tx, address, name.trim());
      const link = await makeLink(tx, {
        coalitionId,
        personId: person.id,
        invitedBy,
        livesMs: INVITATION_MS,
      });
      await this.mail(tx, link, { coalitionId, person, invitedBy });
      await audit(tx, {
        coalitionId,
        action: 'person.invited',
        subject: { kind: 'person', id: person.id },
        after: { email: address, name: name.trim() },
      });
      return { personId: person.id };
    });
  }

  async list(tx: Tx, coalitionId: string, query: InvitationsQuery): Promise<Page<InvitationAnswer>> {
    return listPage<InvitationAnswer>(
      tx,
      {
        sql: `SELECT * FROM (${invitations} WHERE i.coalition_id = $2) AS i WHERE $3::text IS NULL OR state = $3`,
        parameters: [tx.now, coalitionId, query.state ?? null],
        sorts: {
          createdAt: { column: '"createdAt"', type: 'timestamptz' },
          name: { column: 'name', type: 'text' },
        },
        defaultSort: '-createdAt',
      },
      query,
    );
  }

  /**
   * Sends an invitation again with a new link; the old link is over.
   * @throws stateForbids
   */
  async resend(tx: Tx, invitationId: string): Promise<InvitationAnswer> {
    const { coalitionId, personId } = await this.lockOpen(tx, invitationId);
    await throughDoor(tx, 'identity', async () => {
      const person = await findPerson(tx, personId);
      if (!person) throw notFound('invitation');
      const link = await renewLink(tx, invitationId, INVITATION_MS);
      await this.mail(tx, link, { coalitionId, person, invitedBy: tx.actor.personId ?? null });
      await audit(tx, {
        coalitionId,
        action: 'invitation.resent',
        subject: { kind: 'invitation', id: invitationId },
      });
    });
    return this.read(tx, invitationId);
  }

  /**
   * Takes an invitation back: its link is over. The seat itself is ended where seats are kept.
   * @throws stateForbids
   */
  async revoke(tx: Tx, invitationId: string): Promise<InvitationAnswer> {
    const { coalitionId } = await this.lockOpen(tx, invitationId);
    await tx.run(`UPDATE invitations SET revoked_at = $2 WHERE id = $1`, [invitationId, tx.now]);
    await audit(tx, {
      coalitionId,
      action: 'invitation.revoked',
      subject: { kind: 'invitation', id: invitationId },
    });
    return this.read(tx, invitationId);
  }

  private async read(tx: Tx, id: string): Promise<InvitationAnswer> {
    const invitation = await tx.row<InvitationAnswer>(`${invitations} WHERE i.id = $2`, [tx.now, id]);
    if (!invitation) throw notFound('invitation');
    return invitation;
  }

  private async lockOpen(tx: Tx, id: string): Promise<{ coalitionId: string | null; personId: string }> {
    const invitation = await tx.row<{
      coalitionId: string | null;
      personId: string;
      acceptedAt: Date | null;
      revokedAt: Date | null;
    }>(
      `SELECT coalition_id AS "coalitionId", person_id AS "personId", accepted_at AS "acceptedAt", revoked_at AS "revokedAt"
       FROM invitations WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!invitation) throw notFound('invitation');
    if (invitation.acceptedAt) {
      throw new DomainError(
        'stateForbids',
        'The invitation is accepted already: there is nothing left to do.',
      );
    }
    if (invitation.revokedAt) {
      throw new DomainError('stateForbids', 'The invitation was taken back. Invite the person again.');
    }
    return invitation;
  }

  private async mail(tx: Tx, link: Link, invited: Invited): Promise<void> {
    const { person } = invited;
    await queueMails(tx, [
      {
        // It may hold a secret link, so it belongs to no coalition: only the postman reads it.
        coalitionId: null,
        personId: person.id,
        to: person.email,
        template: person.hasPassword ? 'account.newSeat' : 'account.invitation',
        ...(await this.letter(tx, link, invited)),
        cause: { kind: 'invitation', id: link.id, key: tx.now.toISOString() },
      },
    ]);
  }

  private async letter(
    tx: Tx,
    link: Link,
    { coalitionId, person, invitedBy }: Invited,
  ): Promise<RenderedLetter> {
    const names = await tx.row<{ coalition: string | null; invitedBy: string | null }>(
      `SELECT (SELECT name FROM coalitions WHERE id = $1) AS coalition, (SELECT name FROM persons WHERE id = $2) AS "invitedBy"`,
      [coalitionId, invitedBy],
    );
    const about = { ...person, coalition: names?.coalition ?? null, invitedBy: names?.invitedBy ?? null };
    const { publicUrl } = this.config;
    if (!person.hasPassword)
      return invitationLetter({ ...about, url: linkUrl(publicUrl, link), until: link.expiresAt });
    return newSeatLetter({
      ...about,
      url: coalitionId ? `${publicUrl}/coalitions/${coalitionId}` : publicUrl,
    });
  }
}
