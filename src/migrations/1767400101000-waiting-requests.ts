import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever can decide on a request is told of it, in one letter for all that was asked for together: a letter can be about
 * several matters, and is taken back when the last of them is done. What is asked for already is told of once.
 */
export class WaitingRequests1767400101000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE mail_messages ADD COLUMN about uuid[] NOT NULL DEFAULT '{}', ADD COLUMN done uuid[] NOT NULL DEFAULT '{}';
      UPDATE mail_messages SET about = ARRAY[cause_id];
      ALTER TABLE mail_messages ADD CONSTRAINT mail_messages_done CHECK (done <@ about);
      CREATE INDEX mail_messages_about ON mail_messages USING gin (about)
        WHERE state IN ('queued', 'waiting', 'sending', 'uncertain', 'failed');
      CREATE INDEX mail_messages_doubtful ON mail_messages (coalition_id, created_at)
        WHERE state IN ('uncertain', 'failed') AND called_off_at IS NULL;

      INSERT INTO occurrences (coalition_id, kind, subject_id, period_key, channel, due_at)
      SELECT coalition_id, 'approval.remind', id, 'asked', 'mail', now() FROM approvals WHERE state = 'open'
      UNION ALL
      SELECT coalition_id, 'toolkit.remind', id, 'asked', 'mail', now() FROM toolkit_editions WHERE state = 'asked';

      -- Open conditions that money waits for, or will, by the plans as they are.
      INSERT INTO occurrences (coalition_id, kind, subject_id, period_key, channel, due_at)
      SELECT first.coalition_id, 'condition.remind', first.id, first.bites_on || ' d' || to_char(d, 'FMSG99'), 'mail',
        (first.bites_on + d + time '08:00') AT TIME ZONE first.time_zone
      FROM (
        SELECT DISTINCT ON (c.id) c.id, c.coalition_id, l.time_zone, coalesce(i.due_on, i.nominal_on) AS bites_on
        FROM conditions c JOIN coalitions l ON l.id = c.coalition_id
        JOIN grants g ON g.id = c.grant_id AND g.state IN ('awarded', 'active', 'suspended')
        JOIN instalments i ON i.grant_id = c.grant_id AND i.state IN ('planned', 'due', 'held')
          AND (i.nominal_on >= c.applies_from OR (i.after_condition_id = c.id AND i.due_on IS NULL))
        WHERE c.state = 'open' AND c.kind <> 'date'
        ORDER BY c.id, coalesce(i.due_on, i.nominal_on), i.number) AS first, unnest(ARRAY[-30, -7, -1, 3, 14]) AS d
      WHERE (first.bites_on + d + time '08:00') AT TIME ZONE first.time_zone > now();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
