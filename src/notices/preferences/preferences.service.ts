import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { MailDelivery } from '../../platform/mail/letter-kinds.js';
import {
  type ChangeMailPreferences,
  type ChoosableTopic,
  choosableTopics,
  type MailPreferencesAnswer,
} from './preferences.dto.js';

/** How a person hears of things: their own choice, in all their coalitions. Essential letters know none. */
@Injectable()
export class MailPreferencesService {
  async read(tx: Tx, personId: string): Promise<MailPreferencesAnswer> {
    const kept = await tx.rows<{ topic: string; delivery: MailDelivery }>(
      `SELECT topic, delivery FROM mail_preferences WHERE person_id = $1`,
      [personId],
    );
    const deliveryOf = (topic: ChoosableTopic): MailDelivery =>
      kept.find((each) => each.topic === topic)?.delivery ?? 'now';
    return { items: choosableTopics.map((topic) => ({ topic, delivery: deliveryOf(topic) })) };
  }

  /** From the next letter on: one that waits for a digest already still waits for it. */
  async change(tx: Tx, personId: string, wish: ChangeMailPreferences): Promise<MailPreferencesAnswer> {
    for (const topic of choosableTopics) {
      const delivery = wish[topic];
      if (delivery === undefined) continue;
      await tx.run(
        `INSERT INTO mail_preferences (person_id, topic, delivery, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, topic) DO UPDATE SET delivery = excluded.delivery, changed_at = excluded.changed_at`,
        [personId, topic, delivery, tx.now],
      );
    }
    return this.read(tx, personId);
  }
}
