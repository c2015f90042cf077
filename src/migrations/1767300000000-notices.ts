import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, rowSecurity } from '../platform/database/tenant-table.js';

/** Letters are notices in an inbox too, and what is not essential goes out as its reader prefers. */
export class Notices1767300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE mail_messages
        ADD COLUMN digest text CHECK (digest IN ('daily', 'weekly')),
        ADD COLUMN digest_id uuid,
        ADD COLUMN read_at timestamptz,
        ADD UNIQUE (coalition_id, id),
        ADD FOREIGN KEY (coalition_id, digest_id) REFERENCES mail_messages (coalition_id, id),
        DROP CONSTRAINT mail_messages_state_check,
        ADD CONSTRAINT mail_messages_state_check CHECK (state IN (
          'queued', 'sending', 'sent', 'kept', 'uncertain', 'failed', 'waiting', 'digested', 'inbox', 'withdrawn')),
        ADD CONSTRAINT mail_messages_digest CHECK (
          (state <> 'waiting' OR digest IS NOT NULL) AND (state = 'digested') = (digest_id IS NOT NULL));
      CREATE INDEX mail_messages_waiting ON mail_messages (coalition_id, digest) WHERE state = 'waiting';
      CREATE INDEX mail_messages_inbox ON mail_messages (person_id, created_at DESC, id DESC);

      CREATE TABLE mail_preferences (
        person_id uuid NOT NULL REFERENCES persons (id),
        topic text NOT NULL CHECK (topic <> ''),
        delivery text NOT NULL CHECK (delivery IN ('now', 'daily', 'weekly', 'inbox')),
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, topic)
      );
    `);
    await db.query(
      rowSecurity('mail_preferences', 'person_id = current_person()', ['SELECT', 'INSERT', 'UPDATE']),
    );
    // Whoever writes to somebody, a job or a person, has to know how they want to hear of it.
    await db.query(`
      CREATE POLICY mail_preferences_of_readers ON mail_preferences FOR SELECT TO ${APPLICATION_ROLE}
        USING (person_id IN (SELECT m.person_id FROM memberships m
          WHERE m.coalition_id = ANY ((SELECT visible_coalitions())::uuid[])));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
