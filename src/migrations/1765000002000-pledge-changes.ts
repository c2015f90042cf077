import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** How a signed pledge was changed: each time a version with its reason, the plan before and the plan after. */
export class PledgeChanges1765000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'pledge_changes',
        `
          pledge_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          kind text NOT NULL CHECK (kind IN ('amended', 'cancelled', 'writtenOff')),
          reason text NOT NULL CHECK (reason <> ''),
          occurred_on date NOT NULL,
          amount_before bigint NOT NULL CHECK (amount_before > 0),
          amount_after bigint NOT NULL CHECK (amount_after >= 0),
          plan_before jsonb NOT NULL,
          plan_after jsonb NOT NULL,
          entry_id uuid,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          ${within('pledge_id', 'pledges')},
          ${within('entry_id', 'journal_entries')},
          UNIQUE (pledge_id, number),
          CHECK ((amount_before = amount_after) = (entry_id IS NULL))
        `,
        ['SELECT', 'INSERT'],
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
