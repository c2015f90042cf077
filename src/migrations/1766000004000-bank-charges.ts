import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What the bank takes for its services, borne by all who have unrestricted money in the pool. */
export class BankCharges1766000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'bank_charges',
        `
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          taken_on date NOT NULL,
          bank_reference text NOT NULL CHECK (bank_reference <> ''),
          note text NOT NULL DEFAULT '',
          entry_id uuid NOT NULL,
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          reversed_by uuid REFERENCES persons (id),
          reversed_at timestamptz,
          reversal_reason text,
          ${within('pool_id', 'pools')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT bank_charges_bank_reference_once UNIQUE (pool_id, bank_reference),
          CONSTRAINT bank_charges_maker_is_not_checker CHECK (reversed_by IS DISTINCT FROM recorded_by OR reversed_by IS NULL),
          CHECK ((reversed_at IS NULL) = (reversal_reason IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`CREATE INDEX bank_charges_by_pool ON bank_charges (pool_id, taken_on);`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
