import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity, tenantTable } from '../platform/database/tenant-table.js';

/** What every room stands on: audit, idempotent requests, the outbox, occurrences, mail and files. */
export class Platform1764000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_events (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        coalition_id uuid REFERENCES coalitions (id),
        at timestamptz NOT NULL,
        person_id uuid REFERENCES persons (id),
        job text,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid,
        before jsonb,
        after jsonb,
        reason text,
        request_id text,
        CHECK (person_id IS NOT NULL OR job IS NOT NULL)
      );
      CREATE INDEX audit_events_by_subject ON audit_events (subject_kind, subject_id, at);
      CREATE INDEX audit_events_by_coalition ON audit_events (coalition_id, at);

      CREATE TABLE request_claims (
        person_id uuid NOT NULL REFERENCES persons (id),
        route text NOT NULL,
        key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
        input_hash text NOT NULL,
        status integer,
        answer jsonb,
        at timestamptz NOT NULL,
        PRIMARY KEY (person_id, route, key)
      );

      CREATE TABLE outbox_messages (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        coalition_id uuid REFERENCES coalitions (id),
        topic text NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        handled_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        retry_at timestamptz,
        last_error text
      );
      CREATE INDEX outbox_messages_open ON outbox_messages (id) WHERE handled_at IS NULL;

      CREATE TABLE occurrences (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        coalition_id uuid NOT NULL REFERENCES coalitions (id),
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        period_key text NOT NULL,
        channel text NOT NULL,
        due_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'skipped', 'failed', 'uncertain')),
        attempts integer NOT NULL DEFAULT 0,
        retry_at timestamptz,
        last_error text,
        ended_at timestamptz,
        note text,
        UNIQUE (kind, subject_id, period_key, channel),
        CHECK ((state = 'waiting') = (ended_at IS NULL))
      );
      CREATE INDEX occurrences_waiting ON occurrences (kind, coalition_id, due_at, id) WHERE state = 'waiting';

      CREATE TABLE mail_messages (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        coalition_id uuid REFERENCES coalitions (id),
        person_id uuid REFERENCES persons (id),
        to_address text NOT NULL,
        template text NOT NULL,
        subject text NOT NULL,
        text_body text NOT NULL,
        html_body text NOT NULL,
        cause_kind text NOT NULL,
        cause_id uuid NOT NULL,
        cause_key text NOT NULL,
        state text NOT NULL DEFAULT 'queued'
          CHECK (state IN ('queued', 'sending', 'sent', 'kept', 'uncertain', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        lease_until timestamptz,
        retry_at timestamptz,
        last_error text,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        UNIQUE (cause_kind, cause_id, cause_key, to_address)
      );
      CREATE INDEX mail_messages_open ON mail_messages (id) WHERE state IN ('queued', 'sending');
      CREATE TABLE mail_attachments (
        mail_id uuid NOT NULL REFERENCES mail_messages (id),
        number integer NOT NULL,
        file_id uuid NOT NULL,
        file_name text NOT NULL,
        PRIMARY KEY (mail_id, number)
      );
    `);
    await db.query(
      tenantTable(
        'stored_files',
        `
          sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
          media_type text NOT NULL,
          size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
          content bytea NOT NULL,
          created_at timestamptz NOT NULL,
          UNIQUE (coalition_id, sha256)
        `,
        ['SELECT', 'INSERT'],
      ),
    );

    const coalition = 'coalition_id = ANY (visible_coalitions())';
    await db.query(
      rowSecurity(
        'audit_events',
        `${coalition} OR (coalition_id IS NULL AND (door('identity') OR person_id = current_person()))`,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      rowSecurity('request_claims', 'person_id = current_person()', ['SELECT', 'INSERT', 'UPDATE']),
    );
    // The scheduler sees what is due in every coalition: ids and times, never money.
    await db.query(
      rowSecurity('outbox_messages', `${coalition} OR door('scheduler')`, ['SELECT', 'INSERT', 'UPDATE']),
    );
    await db.query(
      rowSecurity('occurrences', `${coalition} OR door('scheduler')`, ['SELECT', 'INSERT', 'UPDATE']),
    );
    // The postman reads what it carries; an administrator reads kept mail while no mail server is configured.
    const post = `door('post') OR door('identity')`;
    await db.query(rowSecurity('mail_messages', `${coalition} OR ${post}`, ['SELECT', 'INSERT', 'UPDATE']));
    await db.query(
      rowSecurity('mail_attachments', `mail_id IN (SELECT id FROM mail_messages)`, ['SELECT', 'INSERT']),
    );
    await db.query(`
      CREATE POLICY stored_files_post ON stored_files FOR SELECT TO tributary_application
        USING (door('post') AND id IN (SELECT file_id FROM mail_attachments));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
