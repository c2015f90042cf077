import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** How each funder reads the reports that all of them get, and the rates at which money is shown to them. */
export class ReportsForFunders1767300300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'funder_report_settings',
        `
          organisation_id uuid NOT NULL,
          -- The month in which its fiscal year begins.
          start_month integer NOT NULL CHECK (start_month BETWEEN 1 AND 12),
          -- Null reads each grant in its own currency.
          currency text CHECK (currency ~ '^[A-Z]{3}$'),
          language text NOT NULL CHECK (language <> ''),
          changed_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('organisation_id', 'organisations')},
          CONSTRAINT funder_report_settings_once UNIQUE (coalition_id, organisation_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'stated_rates',
        `
          from_currency text NOT NULL CHECK (from_currency ~ '^[A-Z]{3}$'),
          to_currency text NOT NULL CHECK (to_currency ~ '^[A-Z]{3}$'),
          -- How many units of the one a unit of the other is.
          rate numeric NOT NULL CHECK (rate > 0),
          -- The day from which on it is used.
          stated_on date NOT NULL,
          source text NOT NULL CHECK (source <> ''),
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          CHECK (from_currency <> to_currency),
          CONSTRAINT stated_rates_once UNIQUE (coalition_id, from_currency, to_currency, stated_on)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
