import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Suspensions of grants: while one is open, nothing of the grant comes due. */
export class GrantSuspensions1766000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'grant_suspensions',
        `
          grant_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          suspended_on date NOT NULL,
          suspended_by uuid NOT NULL REFERENCES persons (id),
          suspended_at timestamptz NOT NULL,
          -- Where the grant goes back to.
          state_before text NOT NULL CHECK (state_before IN ('awarded', 'active')),
          outcome text CHECK (outcome IN ('resumed', 'closed')),
          ended_by uuid REFERENCES persons (id),
          ended_at timestamptz,
          ended_reason text,
          ${within('grant_id', 'grants')},
          ${within('pool_id', 'pools')},
          CHECK (num_nonnulls(outcome, ended_by, ended_at, ended_reason) IN (0, 4)),
          CHECK (ended_at >= suspended_at),
          CHECK (ended_reason <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX grant_suspensions_by_grant ON grant_suspensions (grant_id);
      CREATE UNIQUE INDEX grant_suspensions_one_open ON grant_suspensions (grant_id) WHERE outcome IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
