import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What may happen to a bond: outcomes and costs that somebody supposes, kept under a name. Nothing is posted from it. */
export class BondScenarios1767000014100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'bond_scenarios',
        `
          bond_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          inputs jsonb NOT NULL,
          changed_by uuid NOT NULL REFERENCES persons (id),
          changed_at timestamptz NOT NULL,
          ${within('bond_id', 'bonds')},
          UNIQUE (bond_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
