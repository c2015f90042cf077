import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import { throughDoor } from '../../platform/database/door.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError, notFound } from '../../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../../platform/http/list.js';
import type { MakeAccount } from '../account.dto.js';
import type { AccountQuery, AccountState } from './account-list.dto.js';
import { InvitationsService } from '../invitations.service.js';
import { findPerson, findPersonByEmail } from '../persons.js';
import { WelcomeService } from '../welcome.service.js';

/** A person of the installation, as its administrator sees them: no coalition, no money. */
export interface AccountView {
  id: string;
  name: string;
  email: string;
  isAdministrator: boolean;
  state: AccountState;
  createdAt: Date;
  lastSeenAt: Date | null;
}

const accounts = `
  SELECT p.id, p.name, p.email, p.is_administrator AS "isAdministrator", p.created_at AS "createdAt",
    (SELECT max(s.last_seen_at) FROM sessions s WHERE s.person_id = p.id) AS "lastSeenAt",
    CASE WHEN EXISTS (SELECT 1 FROM passwords w WHERE w.person_id = p.id) THEN 'active'
         WHEN EXISTS (SELECT 1 FROM invitations i WHERE i.person_id = p.id AND i.accepted_at IS NULL
                        AND i.revoked_at IS NULL AND i.expires_at > $1) THEN 'invited'
         ELSE 'lapsed' END AS state
  FROM persons p`;

/** The accounts of the whole installation: for its administrators. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly welcome: WelcomeService,
  ) {}

  async list(tx: Tx, query: AccountQuery): Promise<Page<AccountView>> {
    return throughDoor(tx, 'identity', () =>
      listPage<AccountView>(
        tx,
        {
          sql: `SELECT * FROM (${accounts}) AS account
            WHERE ($2::text IS NULL OR name ILIKE $2 OR email ILIKE $2) AND ($3::text IS NULL OR state = $3)
              AND ($4::boolean IS NULL OR "isAdministrator" = $4)`,
          parameters: [
            tx.now,
            containing(query.person),
            query.state ?? null,
            query.administrator === undefined ? null : query.administrator === 'true',
          ],
          sorts: {
            name: { column: 'name', type: 'text' },
            createdAt: { column: '"createdAt"', type: 'timestamptz' },
          },
          defaultSort: 'name',
        },
        query,
      ),
    );
  }

  /**
   * Makes an account without any seat, and invites its person.
   * @throws alreadyExists at `/email`
   */
  async make(tx: Tx, { email, name, administrator }: MakeAccount): Promise<{ personId: string }> {
    return throughDoor(tx, 'identity', async () => {
      if (await findPersonByEmail(tx, email)) {
        throw fieldError('alreadyExists', '/email', 'There is an account with this address already.');
      }
      const invitedBy = tx.actor.personId ?? null;
      const { personId } = await this.invitations.invite(tx, { coalitionId: null, email, name, invitedBy });
      if (administrator) await makeAdministrator(tx, personId);
      return { personId };
    });
  }

  /**
   * Mails a person a link: to choose their first password, or another one. Returns their address.
   * @throws notFound
   */
  async sendLink(tx: Tx, personId: string): Promise<string> {
    if (!isUuid(personId)) throw notFound('person');
    return throughDoor(tx, 'identity', async () => {
      const person = await findPerson(tx, personId);
      if (!person) throw notFound('person');
      const { email, name } = person;
      const invitedBy = tx.actor.personId ?? null;
      if (person.hasPassword) await this.welcome.mailNewPassword(tx, person);
      else await this.invitations.invite(tx, { coalitionId: null, email, name, invitedBy });
      return email;
    });
  }
}

/** Lets a person administer the installation. Needs the `identity` door. */
export async function makeAdministrator(tx: Tx, personId: string): Promise<void> {
  const changed = await tx.run(`UPDATE persons SET is_administrator = true WHERE id = $1`, [personId]);
  if (changed !== 1) throw notFound('person');
  await audit(tx, {
    coalitionId: null,
    action: 'person.madeAdministrator',
    subject: { kind: 'person', id: personId },
  });
}
