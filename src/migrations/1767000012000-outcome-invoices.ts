import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What the payers of a bond owe for outcomes, and what of it has come. */
export class OutcomeInvoices1767000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'outcome_invoices',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          -- The payer, as a party to the bond.
          party_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          -- What it is for: a claim that was verified, or an instalment of a suspension's schedule.
          source_kind text NOT NULL CHECK (source_kind IN ('claim', 'substitute')),
          source_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND amount),
          currency text NOT NULL,
          issued_on date NOT NULL,
          due_on date NOT NULL CHECK (due_on >= issued_on),
          entry_id uuid NOT NULL,
          issued_by uuid REFERENCES persons (id),
          issued_at timestamptz NOT NULL,
          ${within('bond_id', 'bonds')},
          ${within('pool_id', 'pools')},
          ${within('party_id', 'bond_parties')},
          ${within('entry_id', 'journal_entries')},
          UNIQUE (bond_id, number),
          CONSTRAINT outcome_invoices_once UNIQUE (source_id, party_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_receipts',
        `
          invoice_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          received_on date NOT NULL,
          bank_reference text NOT NULL CHECK (bank_reference <> ''),
          entry_id uuid NOT NULL,
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          reversed_by uuid REFERENCES persons (id),
          reversed_at timestamptz,
          reversal_reason text,
          ${within('invoice_id', 'outcome_invoices')},
          ${within('pool_id', 'pools')},
          ${within('entry_id', 'journal_entries')},
          -- One payment may be for several invoices, and is for each of them once.
          CONSTRAINT outcome_receipts_bank_reference_once UNIQUE (pool_id, bank_reference, invoice_id),
          CONSTRAINT outcome_receipts_maker_is_not_checker
            CHECK (reversed_by IS DISTINCT FROM recorded_by OR reversed_by IS NULL),
          CHECK ((reversed_at IS NULL) = (reversal_reason IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX outcome_invoices_by_party ON outcome_invoices (party_id, issued_on);
      CREATE INDEX outcome_receipts_by_invoice ON outcome_receipts (invoice_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
