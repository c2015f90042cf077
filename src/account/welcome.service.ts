import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import { savePassword } from '../platform/auth/passwords.js';
import { Sessions } from '../platform/auth/sessions.js';
import { countTry } from '../platform/auth/throttle.js';
import type { Config } from '../platform/config/config.js';
import { doorActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { queueMails } from '../platform/mail/mail.js';
import { CONFIG } from '../platform/tokens.js';
import type { AcceptInvitation } from './account.dto.js';
import { newPasswordLetter } from './invitation.letters.js';
import { findLink, linkUrl, makeLink, NEW_PASSWORD_MS, type OpenLink } from './invitation-links.js';
import { findPersonByEmail, type KnownPerson } from './persons.js';
import { type Browser, SignInService } from './sign-in.service.js';

/** An answer takes at least this long, so that its speed does not tell whether an address is known. */
const SAME_TIME_MS = 400;

/** Those who come with a link from a mail, and those who ask for one. */
@Injectable()
export class WelcomeService {
  constructor(
    private readonly db: Database,
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What a link leads to; nothing when it was used, taken back, or is over. */
  look(secret: string): Promise<OpenLink | undefined> {
    return inTransaction(this.db, doorActor('identity', 'invitation'), (tx) => findLink(tx, secret, 'look'));
  }

  /**
   * Sets the password that the reader of a link chose and signs them in: once for each link. Returns the token of
   * their session.
   * @throws notFound when the link leads nowhere any more
   */
  async accept(secret: string, chosen: AcceptInvitation, browser: Browser): Promise<string> {
    return inTransaction(this.db, doorActor('identity', 'invitation'), async (tx) => {
      const link = await findLink(tx, secret, 'lock');
      if (!link) throw notFound('link');
      const { personId } = link;
      await savePassword(tx, personId, chosen.password);
      await this.sessions.endOthers(tx, personId, null);
      await tx.run(`UPDATE persons SET name = $2 WHERE id = $1`, [personId, chosen.name]);
      await audit(tx, {
        coalitionId: null,
        action: link.hasPassword ? 'person.passwordReplaced' : 'invitation.accepted',
        subject: { kind: 'person', id: personId },
        before: { name: link.name },
        after: { name: chosen.name },
      });
      return this.signIn.begin(tx, personId, browser);
    });
  }

  /**
   * Mails a link to choose a new password, if anybody has this address. Whoever asks does not learn whether.
   * @throws TooManyTries
   */
  async forgotten(email: string, address: string): Promise<void> {
    const identity = doorActor('identity', 'forgotten password');
    const work = inTransaction(this.db, identity, async (tx) => {
      await countTry(tx, { email: `a new password for ${email}`, address });
      const person = await findPersonByEmail(tx, email);
      if (person) await this.mailNewPassword(tx, person);
    });
    await Promise.all([work, pause(SAME_TIME_MS)]);
  }

  /** Mails a person a link to choose a new password. Needs the `identity` door. */
  async mailNewPassword(tx: Tx, person: KnownPerson): Promise<void> {
    const { id: personId, name, locale } = person;
    const link = await makeLink(tx, {
      coalitionId: null,
      personId,
      invitedBy: tx.actor.personId ?? null,
      livesMs: NEW_PASSWORD_MS,
    });
    const url = linkUrl(this.config.publicUrl, link);
    await queueMails(tx, [
      {
        coalitionId: null,
        personId,
        to: person.email,
        template: 'account.newPassword',
        ...newPasswordLetter({ name, locale, url, until: link.expiresAt }),
        cause: { kind: 'newPassword', id: link.id, key: 'link' },
      },
    ]);
    await audit(tx, {
      coalitionId: null,
      action: 'person.newPasswordAsked',
      subject: { kind: 'person', id: personId },
    });
  }
}
