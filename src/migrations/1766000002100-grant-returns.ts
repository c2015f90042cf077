import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Unspent money of a grant that its partner gives back, to those whose money it was. */
export class GrantReturns1766000002100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'grant_returns',
        `
          grant_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          received_on date NOT NULL,
          bank_reference text NOT NULL CHECK (bank_reference <> ''),
          note text NOT NULL DEFAULT '',
          entry_id uuid NOT NULL,
          recorded_by uuid NOT NULL REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          reversed_by uuid REFERENCES persons (id),
          reversed_at timestamptz,
          reversal_reason text,
          ${within('grant_id', 'grants')},
          ${within('pool_id', 'pools')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT grant_returns_bank_reference_once UNIQUE (pool_id, bank_reference),
          CONSTRAINT grant_returns_maker_is_not_checker CHECK (reversed_by <> recorded_by),
          CHECK (num_nonnulls(reversed_by, reversed_at, reversal_reason) IN (0, 3)),
          CHECK (reversal_reason <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`CREATE INDEX grant_returns_by_grant ON grant_returns (grant_id, received_on);`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
