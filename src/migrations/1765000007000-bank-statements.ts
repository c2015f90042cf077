import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What the bank says happened: statements and their lines, each kept once, and what each line was matched to. */
export class BankStatements1765000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'bank_statements',
        `
          pool_id uuid NOT NULL,
          account text NOT NULL CHECK (account <> ''),
          reference text NOT NULL CHECK (reference <> ''),
          currency text NOT NULL,
          opening bigint,
          closing bigint,
          movement bigint NOT NULL,
          closing_on date,
          file_name text NOT NULL,
          file_sha256 text NOT NULL,
          imported_by uuid NOT NULL REFERENCES persons (id),
          imported_at timestamptz NOT NULL,
          ${within('pool_id', 'pools')},
          CONSTRAINT bank_statements_once UNIQUE (pool_id, account, reference)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'bank_statement_lines',
        `
          pool_id uuid NOT NULL,
          statement_id uuid NOT NULL,
          account text NOT NULL,
          reference text NOT NULL,
          booked_on date NOT NULL,
          amount bigint NOT NULL CHECK (amount <> 0),
          end_to_end_id text,
          remittance text NOT NULL DEFAULT '',
          counterparty text NOT NULL DEFAULT '',
          is_return boolean NOT NULL DEFAULT false,
          return_reason text,
          state text NOT NULL DEFAULT 'unmatched' CHECK (state IN ('unmatched', 'matched', 'setAside')),
          note text,
          disbursement_id uuid,
          contribution_id uuid,
          decided_by uuid REFERENCES persons (id),
          decided_at timestamptz,
          ${within('pool_id', 'pools')},
          ${within('statement_id', 'bank_statements')},
          ${within('disbursement_id', 'disbursements')},
          ${within('contribution_id', 'contributions')},
          CONSTRAINT bank_statement_lines_once UNIQUE (pool_id, account, reference),
          CHECK ((state = 'matched') = (num_nonnulls(disbursement_id, contribution_id) = 1)),
          CHECK ((state = 'unmatched') = (decided_at IS NULL)),
          CHECK (state <> 'setAside' OR note <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX bank_statement_lines_waiting ON bank_statement_lines (pool_id, booked_on) WHERE state = 'unmatched';
      CREATE UNIQUE INDEX bank_statement_lines_one_per_contribution ON bank_statement_lines (contribution_id)
        WHERE contribution_id IS NOT NULL;
      -- A payment leaves the account once, and comes back once at most.
      CREATE UNIQUE INDEX bank_statement_lines_one_per_payment ON bank_statement_lines (disbursement_id, (amount > 0))
        WHERE disbursement_id IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
