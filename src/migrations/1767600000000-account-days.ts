import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/**
 * What each day did to each account, carried by the database beside the balances: so that the trial balance of any
 * period is read from some days, not from a million postings.
 */
export class AccountDays1767600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'account_days',
        `
          account_id uuid NOT NULL,
          day date NOT NULL,
          debit bigint NOT NULL CHECK (debit >= 0),
          credit bigint NOT NULL CHECK (credit >= 0),
          ${within('account_id', 'accounts')},
          UNIQUE (account_id, day)
        `,
        ['SELECT'],
      ),
    );
    await db.query(`
      CREATE INDEX journal_entries_by_recording ON journal_entries (pool_id, recorded_at);

      INSERT INTO account_days (coalition_id, account_id, day, debit, credit)
        SELECT p.coalition_id, p.account_id, e.occurred_on, coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0),
          coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0)
        FROM postings p JOIN journal_entries e ON e.id = p.entry_id
        GROUP BY p.coalition_id, p.account_id, e.occurred_on;

      -- After carry_balances, which holds the accounts: two entries never wait for each other's days.
      CREATE FUNCTION carry_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO account_days AS d (coalition_id, account_id, day, debit, credit)
          SELECT p.coalition_id, p.account_id, e.occurred_on, coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0),
            coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0)
          FROM new_postings p JOIN journal_entries e ON e.id = p.entry_id
          GROUP BY p.coalition_id, p.account_id, e.occurred_on ORDER BY p.account_id, e.occurred_on
        ON CONFLICT (account_id, day) DO UPDATE SET debit = d.debit + excluded.debit, credit = d.credit + excluded.credit;
        RETURN NULL;
      END $$;
      CREATE TRIGGER postings_carry_days AFTER INSERT ON postings
        REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION carry_days();
      CREATE TRIGGER account_days_kept BEFORE DELETE OR TRUNCATE ON account_days
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
