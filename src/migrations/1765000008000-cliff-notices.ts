import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Notices of the funding cliff, and the monthly look that finds it, for the pools that are open already too. */
export class CliffNotices1765000008000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'cliff_notices',
        `
          pool_id uuid NOT NULL,
          cliff_month text NOT NULL CHECK (cliff_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
          months_ahead integer NOT NULL CHECK (months_ahead IN (3, 6)),
          short_by bigint NOT NULL CHECK (short_by > 0),
          told_at timestamptz NOT NULL,
          ${within('pool_id', 'pools')},
          CONSTRAINT cliff_notices_once UNIQUE (pool_id, cliff_month, months_ahead)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(`
      INSERT INTO occurrences (coalition_id, kind, subject_id, period_key, channel, due_at)
      SELECT p.coalition_id, 'pool.watch', p.id, to_char(next.month, 'YYYY-MM'), 'mail',
        (next.month + interval '7 hours') AT TIME ZONE c.time_zone
      FROM pools p JOIN coalitions c ON c.id = p.coalition_id
      CROSS JOIN LATERAL (SELECT date_trunc('month', now() AT TIME ZONE c.time_zone) + interval '1 month' AS month) AS next
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
