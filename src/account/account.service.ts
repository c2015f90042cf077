import { Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import { savePassword } from '../platform/auth/passwords.js';
import { Sessions } from '../platform/auth/sessions.js';
import { throughDoor } from '../platform/database/door.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import type { ChangePassword, ChangeProfile } from './account.dto.js';
import { describeBrowser } from './browser.js';
import type { MeAnswer, MyCoalitionAnswer } from './me.dto.js';
import { type Browser, SignInService } from './sign-in.service.js';

/** A browser that is signed in as this person. */
export interface SessionView {
  id: string;
  /** "Firefox on Windows" */
  browser: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** What people do with their own account. */
@Injectable()
export class AccountService {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
  ) {}

  /** Who asks, and the roles they hold today. */
  async me(tx: Tx, personId: string): Promise<MeAnswer> {
    const person = await tx.row<Omit<MeAnswer, 'coalitions'>>(
      `SELECT id, name, email, locale, is_administrator AS "isAdministrator" FROM persons WHERE id = $1`,
      [personId],
    );
    const coalitions = await tx.rows<MyCoalitionAnswer>(
      `SELECT c.id, c.name, array_agg(DISTINCT m.role ORDER BY m.role) AS roles
       FROM memberships m JOIN coalitions c ON c.id = m.coalition_id
       WHERE m.person_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
       GROUP BY c.id, c.name ORDER BY c.name, c.id`,
      [personId, tx.now.toISOString().slice(0, 10)],
    );
    return { ...person!, coalitions };
  }

  /** Changes how a person is called and how figures are written for them. */
  async changeProfile(tx: Tx, personId: string, { name, locale }: ChangeProfile): Promise<void> {
    const before = await tx.row<{ name: string; locale: string }>(
      `SELECT name, locale FROM persons WHERE id = $1 FOR UPDATE`,
      [personId],
    );
    await tx.run(`UPDATE persons SET name = $2, locale = $3 WHERE id = $1`, [personId, name, locale]);
    await audit(tx, {
      coalitionId: null,
      action: 'person.changed',
      subject: { kind: 'person', id: personId },
      before,
      after: { name, locale },
    });
  }

  /**
   * Holds the current password against the one that is kept; counts as a try. Call it before the transaction.
   * @throws ruleBroken at `/currentPassword`; TooManyTries
   */
  async proveCurrent(email: string, { currentPassword }: ChangePassword, address: string): Promise<void> {
    try {
      await this.signIn.prove({ email, password: currentPassword, address });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'signInRefused') throw error;
      throw fieldError('ruleBroken', '/currentPassword', 'This is not your password.');
    }
  }

  /** Sets a new password, ends every session, and returns the token of a new one for this browser. */
  async changePassword(tx: Tx, personId: string, password: string, browser: Browser): Promise<string> {
    return throughDoor(tx, 'identity', async () => {
      await savePassword(tx, personId, password);
      await this.sessions.endOthers(tx, personId, null);
      await audit(tx, {
        coalitionId: null,
        action: 'person.passwordChanged',
        subject: { kind: 'person', id: personId },
      });
      return this.signIn.begin(tx, personId, { ...browser, oldSessionId: null });
    });
  }

  /** Where a person is signed in, the latest first. */
  async sessionsOf(tx: Tx, personId: string): Promise<SessionView[]> {
    const rows = await throughDoor(tx, 'identity', () => this.sessions.listOf(tx, personId));
    return rows.map(({ userAgent, ...row }) => ({ ...row, browser: describeBrowser(userAgent) }));
  }

  /** Signs a person out everywhere but here. Returns how many sessions that ended. */
  async endOtherSessions(tx: Tx, personId: string, keptId: string): Promise<number> {
    return throughDoor(tx, 'identity', async () => {
      const ended = await this.sessions.endOthers(tx, personId, keptId);
      await audit(tx, {
        coalitionId: null,
        action: 'person.signedOutElsewhere',
        subject: { kind: 'person', id: personId },
        after: { ended },
      });
      return ended;
    });
  }
}
