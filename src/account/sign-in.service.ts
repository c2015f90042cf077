import { Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import { needsRehash, savePassword, verifyPassword } from '../platform/auth/passwords.js';
import { Sessions } from '../platform/auth/sessions.js';
import { countTry, forgiveTries } from '../platform/auth/throttle.js';
import { doorActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { acceptAll } from './invitation-links.js';

/** Somebody who says they are this person. */
export interface Proof {
  email: string;
  password: string;
  /** The network address they come from. */
  address: string;
}

/** The browser that is to be signed in. */
export interface Browser {
  userAgent: string | null;
  /** The session it had until now: it ends, so that nobody can plant one. */
  oldSessionId: string | null;
}

interface Proven {
  personId: string;
  hash: string;
}

/** Signing in: proves who somebody is, slowly for who has to guess. */
@Injectable()
export class SignInService {
  constructor(
    private readonly db: Database,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Signs a browser in. Returns the token of its new session.
   * @throws signInRefused, the same for an unknown address and a wrong password; TooManyTries
   */
  async signIn(proof: Proof, browser: Browser): Promise<string> {
    const { personId, hash } = await this.prove(proof);
    return inTransaction(this.db, doorActor('identity', 'sign in', personId), async (tx) => {
      if (needsRehash(hash)) await savePassword(tx, personId, proof.password);
      await audit(tx, {
        coalitionId: null,
        action: 'person.signedIn',
        subject: { kind: 'person', id: personId },
        after: { address: proof.address },
      });
      return this.begin(tx, personId, browser);
    });
  }

  /** Begins the session of somebody who has proven who they are. Needs the `identity` door. */
  async begin(tx: Tx, personId: string, { userAgent, oldSessionId }: Browser): Promise<string> {
    if (oldSessionId) await this.sessions.end(tx, oldSessionId);
    await this.sessions.clearAway(tx, personId);
    await acceptAll(tx, personId);
    return this.sessions.start(tx, personId, userAgent);
  }

  /**
   * Holds a password against the one that is kept. Takes the same time whether or not the person exists.
   * @throws signInRefused, TooManyTries
   */
  async prove({ email, password, address }: Proof): Promise<Proven> {
    const identity = doorActor('identity', 'sign in');
    const known = await inTransaction(this.db, identity, async (tx) => {
      await countTry(tx, { email, address });
      return tx.row<Proven>(
        `SELECT p.id AS "personId", w.hash FROM persons p JOIN passwords w ON w.person_id = p.id WHERE p.email = $1`,
        [email],
      );
    });
    const isRight = await verifyPassword(known?.hash ?? null, password);
    if (!known || !isRight) {
      throw new DomainError('signInRefused', 'The e-mail address or the password is wrong.');
    }
    await inTransaction(this.db, identity, (tx) => forgiveTries(tx, { email, address }));
    return known;
  }
}
