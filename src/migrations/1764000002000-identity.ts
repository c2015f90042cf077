import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../platform/database/tenant-table.js';

/** Signing in: passwords, sessions, API tokens, invitations, and the throttle. Only the identity door opens them. */
export class Identity1764000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE passwords (
        person_id uuid PRIMARY KEY REFERENCES persons (id),
        hash text NOT NULL CHECK (hash LIKE '$argon2id$%'),
        changed_at timestamptz NOT NULL
      );
      CREATE TABLE sessions (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        token_hash text NOT NULL UNIQUE,
        person_id uuid NOT NULL REFERENCES persons (id),
        csrf_token text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        user_agent text
      );
      CREATE INDEX sessions_by_person ON sessions (person_id);
      CREATE TABLE api_tokens (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        person_id uuid NOT NULL REFERENCES persons (id),
        name text NOT NULL CHECK (name <> ''),
        prefix text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      -- Without a coalition it was asked for by the person or an administrator, and may replace a password.
      CREATE TABLE invitations (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        coalition_id uuid REFERENCES coalitions (id),
        person_id uuid NOT NULL REFERENCES persons (id),
        invited_by uuid REFERENCES persons (id),
        token_hash text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX invitations_by_person ON invitations (person_id);
      CREATE TABLE sign_in_attempts (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        email text NOT NULL,
        address text NOT NULL,
        at timestamptz NOT NULL,
        succeeded boolean NOT NULL
      );
      CREATE INDEX sign_in_attempts_recent ON sign_in_attempts (email, at);
      CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address, at);
    `);
    const identity = `door('identity')`;
    await db.query(rowSecurity('passwords', identity, ['SELECT', 'INSERT', 'UPDATE']));
    await db.query(rowSecurity('sessions', identity, ['SELECT', 'INSERT', 'UPDATE', 'DELETE']));
    await db.query(
      rowSecurity('api_tokens', `${identity} OR person_id = current_person()`, [
        'SELECT',
        'INSERT',
        'UPDATE',
      ]),
    );
    await db.query(
      // Its coalition sees that somebody is invited, and how far that is; the link's hash is of no use to anybody.
      rowSecurity('invitations', `${identity} OR coalition_id = ANY (visible_coalitions())`, [
        'SELECT',
        'INSERT',
        'UPDATE',
      ]),
    );
    await db.query(rowSecurity('sign_in_attempts', identity, ['SELECT', 'INSERT', 'DELETE']));
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
