import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** How a bank writes its CSV statements, as a person has said it once; and the file that is looked at meanwhile. */
export class CsvMappings1767000001100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'csv_mappings',
        `
          pool_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          delimiter text NOT NULL CHECK (delimiter IN ('comma', 'semicolon', 'tab', 'pipe')),
          encoding text NOT NULL CHECK (encoding IN ('utf-8', 'latin-1')),
          heading_line integer NOT NULL CHECK (heading_line BETWEEN 0 AND 100),
          date_format text NOT NULL,
          decimal_mark text NOT NULL CHECK (decimal_mark IN ('point', 'comma')),
          thousands_mark text NOT NULL CHECK (thousands_mark IN ('none', 'point', 'comma', 'space', 'apostrophe')),
          account text NOT NULL CHECK (account <> ''),
          columns jsonb NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          CONSTRAINT csv_mappings_name_once UNIQUE (pool_id, name),
          CHECK (decimal_mark <> thousands_mark)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'waiting_bank_files',
        `
          pool_id uuid NOT NULL,
          name text NOT NULL,
          sha256 text NOT NULL,
          content bytea NOT NULL,
          uploaded_by uuid NOT NULL REFERENCES persons (id),
          uploaded_at timestamptz NOT NULL,
          ${within('pool_id', 'pools')},
          CONSTRAINT waiting_bank_files_one_each UNIQUE (pool_id, uploaded_by)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
