import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, rowSecurity, tenantTable, within } from '../platform/database/tenant-table.js';

/** People, coalitions, their organisations and dated roles; and who may see which coalition. */
export class PeopleAndCoalitions1764000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE coalitions (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        name text NOT NULL CHECK (name <> ''),
        common_agenda text NOT NULL DEFAULT '',
        kind text NOT NULL CHECK (kind IN ('coordinating', 'transforming')),
        time_zone text NOT NULL,
        business_day text NOT NULL CHECK (business_day IN ('none', 'following', 'modifiedFollowing', 'preceding')),
        holidays text,
        source_key text UNIQUE,
        created_at timestamptz NOT NULL,
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE persons (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        email text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
        name text NOT NULL CHECK (name <> ''),
        locale text NOT NULL DEFAULT 'en-GB',
        is_administrator boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        UNIQUE (email)
      );
    `);

    // Created before any policy can call it; its body is set below, when memberships exist.
    await db.query(
      `CREATE FUNCTION visible_coalitions() RETURNS uuid[] LANGUAGE sql AS $$ SELECT '{}'::uuid[] $$`,
    );
    await db.query(`
      CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE AS $$
        SELECT nullif(current_setting('app.person_id', true), '')::uuid
      $$;
      CREATE FUNCTION door(name text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT coalesce(current_setting('app.door', true), '') = name
      $$;
    `);

    await db.query(
      tenantTable(
        'organisations',
        `
          name text NOT NULL CHECK (name <> ''),
          org_id text CHECK (org_id ~ '^[A-Z]{2,3}-[A-Z0-9]+-.+$'),
          sector text NOT NULL DEFAULT 'third' CHECK (sector IN ('third', 'public', 'private')),
          email text,
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          UNIQUE (coalition_id, org_id),
          UNIQUE (coalition_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );

    // A role is held by a person, on behalf of an organisation where that matters, between two dates:
    // the affiliation. A change of employer ends one row and begins another; seat and history stay.
    await db.query(
      tenantTable(
        'memberships',
        `
          person_id uuid NOT NULL REFERENCES persons (id),
          role text NOT NULL CHECK (role IN ('funder', 'backbone', 'partner', 'finance', 'approver', 'verifier', 'observer')),
          organisation_id uuid,
          since_on date NOT NULL,
          until_on date CHECK (until_on >= since_on),
          ${within('organisation_id', 'organisations')},
          CHECK (role NOT IN ('funder', 'partner') OR organisation_id IS NOT NULL),
          UNIQUE NULLS NOT DISTINCT (coalition_id, person_id, role, organisation_id, since_on)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`CREATE INDEX memberships_by_person ON memberships (person_id)`);

    await db.query(
      tenantTable(
        'backbone_terms',
        `
          organisation_id uuid NOT NULL,
          since_on date NOT NULL,
          until_on date CHECK (until_on >= since_on),
          ${within('organisation_id', 'organisations')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );

    await db.query(
      `CREATE UNIQUE INDEX backbone_terms_one_serving ON backbone_terms (coalition_id) WHERE until_on IS NULL`,
    );

    // Runs as the owner, so that it can read memberships without asking itself.
    await db.query(`
      CREATE OR REPLACE FUNCTION visible_coalitions() RETURNS uuid[]
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT CASE
          WHEN nullif(current_setting('app.job', true), '') IS NOT NULL
            THEN ARRAY[nullif(current_setting('app.coalition_id', true), '')::uuid]
          ELSE ARRAY(
            SELECT DISTINCT m.coalition_id FROM memberships m
            WHERE m.person_id = nullif(current_setting('app.person_id', true), '')::uuid
              AND m.since_on <= coalesce(nullif(current_setting('app.today', true), '')::date, current_date)
              AND (m.until_on IS NULL OR m.until_on >= coalesce(nullif(current_setting('app.today', true), '')::date, current_date))
          )
        END
      $$;
    `);

    await db.query(
      rowSecurity('coalitions', 'id = ANY (visible_coalitions())', ['SELECT', 'INSERT', 'UPDATE']),
    );
    // A person sees themself and whoever shares a coalition with them; signing in has a door of its own.
    await db.query(
      rowSecurity(
        'persons',
        `id = current_person() OR door('identity') OR id IN (SELECT person_id FROM memberships)`,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    // To see somebody is not to change them.
    await db.query(`
      CREATE POLICY persons_made ON persons AS RESTRICTIVE FOR INSERT TO ${APPLICATION_ROLE}
        WITH CHECK (door('identity'));
      CREATE POLICY persons_changed ON persons AS RESTRICTIVE FOR UPDATE TO ${APPLICATION_ROLE}
        USING (id = current_person() OR door('identity'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
