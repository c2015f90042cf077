import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { doorActor } from '../database/actor.js';
import { Database, inTransaction } from '../database/database.js';
import type { Parameter, Tx } from '../database/tx.js';
import { CONFIG } from '../tokens.js';
import type { MailState } from './mail-message.entity.js';
import { addressOf, attachmentsOf, composeMessage, type MailContent } from './message.js';
import { deliver, type Fate, LONGEST_DELIVERY_MS } from './smtp.js';

/** Mails under way at a time. */
const CARRIERS = 4;
/** The most mails of one round; the next round takes the rest. */
const MOST_PER_ROUND = 1_000;
/** Longer than any delivery: a lease that ran out means that whoever held it is gone. */
const LEASE_MS = 3 * LONGEST_DELIVERY_MS;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 4 * 60 * 60_000;
/** About five days of tries, as mail servers do: what nobody took by then is given up, and shown. */
const MOST_ATTEMPTS = 37;

const post = doorActor('post', 'postman');

interface Mail extends MailContent {
  attempts: number;
}

/**
 * Carries queued mail to the mail server. A mail is marked as on its way, committed, before the server hears of
 * it: so whatever happens in between, it is never sent again blindly. What may or may not have arrived is
 * `uncertain`, for a person to look at.
 */
@Injectable()
export class Postman {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Delivers what is due, in bounded rounds; without a mail server it keeps it to be read. Returns how many. */
  async deliverDue(): Promise<number> {
    const { smtpUrl } = this.config;
    if (!smtpUrl) return this.keepQueued();
    await this.doubtAbandoned();
    const round = { left: MOST_PER_ROUND };
    const carried = await Promise.all(Array.from({ length: CARRIERS }, () => this.carry(smtpUrl, round)));
    return carried.reduce((sum, count) => sum + count, 0);
  }

  private keepQueued(): Promise<number> {
    return this.asPostman((tx) =>
      tx.run(
        `UPDATE mail_messages SET state = 'kept' WHERE id IN
           (SELECT id FROM mail_messages WHERE state = 'queued' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)`,
        [MOST_PER_ROUND],
      ),
    );
  }

  /** Whoever carried these is gone, and may have handed them over before that. */
  private doubtAbandoned(): Promise<number> {
    return this.asPostman((tx) =>
      tx.run(
        `UPDATE mail_messages SET state = 'uncertain', lease_until = NULL,
           last_error = 'The process that was sending it ended before it knew the answer.'
         WHERE state = 'sending' AND lease_until < $1`,
        [tx.now],
      ),
    );
  }

  /** Takes one mail after the other until none is due or the server is out of reach. */
  private async carry(smtpUrl: string, round: { left: number }): Promise<number> {
    let carried = 0;
    while (round.left > 0) {
      round.left -= 1;
      const mail = await this.asPostman((tx) => takeOne(tx));
      if (!mail) break;
      const fate = await this.send(smtpUrl, mail);
      await this.asPostman((tx) => record(tx, mail, fate));
      carried += 1;
      if (fate.kind === 'refused' && !fate.reached) break;
    }
    return carried;
  }

  private async send(smtpUrl: string, mail: Mail): Promise<Fate> {
    const { mailFrom, publicUrl } = this.config;
    try {
      const attachments = await this.asPostman((tx) => attachmentsOf(tx, mail.id));
      const message = await composeMessage(mail, attachments, { mailFrom, publicUrl });
      return await deliver(smtpUrl, { from: addressOf(mailFrom), to: mail.to, message });
    } catch (error) {
      // The server was not asked, so asking it later does no harm.
      const reason = error instanceof Error ? error.message.slice(0, 500) : 'It could not be put together.';
      return { kind: 'refused', forGood: false, reached: true, reason };
    }
  }

  private asPostman<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.db, post, work);
  }
}

/** Marks the oldest due mail as on its way, under a lease. */
async function takeOne(tx: Tx): Promise<Mail | undefined> {
  return tx.row<Mail>(
    `UPDATE mail_messages SET state = 'sending', attempts = attempts + 1, lease_until = $2, retry_at = NULL
     WHERE id = (SELECT id FROM mail_messages WHERE state = 'queued' AND (retry_at IS NULL OR retry_at <= $1)
                 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, to_address AS "to", subject, text_body AS text, html_body AS html, attempts, created_at AS "createdAt"`,
    [tx.now, new Date(tx.now.getTime() + LEASE_MS)],
  );
}

async function record(tx: Tx, mail: Mail, fate: Fate): Promise<void> {
  const { state, retryAt } = nextState(mail, fate, tx.now);
  const values: Parameter[] = [
    mail.id,
    state,
    retryAt,
    fate.kind === 'sent' ? null : fate.reason,
    fate.kind === 'sent' ? tx.now : null,
  ];
  // Somebody may have doubted it meanwhile; now it is known. And what it asks for may have been done meanwhile: then
  // it is not tried again.
  await tx.run(
    `UPDATE mail_messages SET lease_until = NULL, last_error = $4, sent_at = $5,
       state = CASE WHEN $2 = 'queued' AND called_off_at IS NOT NULL THEN 'withdrawn' ELSE $2 END,
       retry_at = CASE WHEN called_off_at IS NULL THEN $3::timestamptz END
     WHERE id = $1 AND state IN ('sending', 'uncertain')`,
    values,
  );
}

/** What follows from a mail's fate: a clear refusal for now is tried again, each time twice as late. */
function nextState(mail: Mail, fate: Fate, now: Date): { state: MailState; retryAt: Date | null } {
  if (fate.kind !== 'refused') return { state: fate.kind, retryAt: null };
  if (fate.forGood || mail.attempts >= MOST_ATTEMPTS) return { state: 'failed', retryAt: null };
  const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (mail.attempts - 1));
  return { state: 'queued', retryAt: new Date(now.getTime() + delay) };
}
