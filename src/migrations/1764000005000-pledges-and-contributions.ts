import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Money in: pledges with their instalments, contributions and what they settle. Goals stand here for earmarks. */
export class PledgesAndContributions1764000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'goals',
        `
          name text NOT NULL CHECK (name <> ''),
          description text NOT NULL DEFAULT '',
          horizon_on date NOT NULL,
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          UNIQUE (coalition_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'pledges',
        `
          pool_id uuid NOT NULL,
          funder_id uuid NOT NULL,
          reference text NOT NULL CHECK (reference <> ''),
          currency text NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          state text NOT NULL CHECK (state IN ('draft', 'signed', 'fulfilled', 'cancelled', 'writtenOff')),
          signed_on date,
          created_by uuid REFERENCES persons (id),
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          ${within('funder_id', 'organisations')},
          UNIQUE (pool_id, reference),
          CHECK ((state IN ('draft', 'cancelled')) OR signed_on IS NOT NULL)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'pledge_instalments',
        `
          pledge_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          due_on date NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          received bigint NOT NULL DEFAULT 0 CHECK (received >= 0 AND received <= amount),
          ${within('pledge_id', 'pledges')},
          UNIQUE (pledge_id, number)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'contributions',
        `
          pool_id uuid NOT NULL,
          funder_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          fee bigint NOT NULL DEFAULT 0 CHECK (fee >= 0 AND fee <= amount),
          received_on date NOT NULL,
          bank_reference text NOT NULL CHECK (bank_reference <> ''),
          earmark_goal_id uuid,
          entry_id uuid NOT NULL,
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          reversed_by uuid REFERENCES persons (id),
          reversed_at timestamptz,
          reversal_reason text,
          ${within('pool_id', 'pools')},
          ${within('funder_id', 'organisations')},
          ${within('earmark_goal_id', 'goals')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT contributions_bank_reference_once UNIQUE (pool_id, bank_reference),
          CONSTRAINT contributions_maker_is_not_checker CHECK (reversed_by IS DISTINCT FROM recorded_by OR reversed_by IS NULL),
          CHECK ((reversed_at IS NULL) = (reversal_reason IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'contribution_applications',
        `
          contribution_id uuid NOT NULL,
          pledge_instalment_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          ${within('contribution_id', 'contributions')},
          ${within('pledge_instalment_id', 'pledge_instalments')},
          UNIQUE (contribution_id, pledge_instalment_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(`
      CREATE INDEX pledges_by_pool ON pledges (pool_id, funder_id);
      CREATE INDEX pledge_instalments_due ON pledge_instalments (due_on) WHERE received < amount;
      CREATE INDEX contributions_by_pool ON contributions (pool_id, received_on);
      CREATE INDEX contribution_applications_by_instalment ON contribution_applications (pledge_instalment_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
