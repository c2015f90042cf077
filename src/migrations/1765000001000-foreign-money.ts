import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promises in a currency of their own, exchange differences, and approvals of more than payments. */
export class ForeignMoney1765000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE accounts
        DROP CONSTRAINT accounts_one_per_subject,
        ADD CONSTRAINT accounts_one_per_subject
          UNIQUE NULLS NOT DISTINCT (pool_id, book, kind, subject_id, earmark_id, currency),
        DROP CONSTRAINT accounts_kind_in_book,
        ADD CONSTRAINT accounts_kind_in_book CHECK (
          (book = 'actual' AND kind IN ('cash', 'fundBalance', 'feesPayable', 'exchangeDifference')) OR
          (book = 'commitment' AND kind IN ('pledgesReceivable', 'pledgedFunds', 'committedToGrants', 'grantsOutstanding'))
        ),
        DROP CONSTRAINT accounts_never_overdrawn,
        ADD CONSTRAINT accounts_never_overdrawn CHECK (
          CASE
            WHEN kind IN ('cash', 'pledgesReceivable', 'committedToGrants') THEN balance >= 0
            WHEN kind = 'exchangeDifference' THEN true
            ELSE balance <= 0
          END
        );
      -- Which kinds there are is held by the process, which does not start without a handler for each.
      ALTER TABLE approvals
        DROP CONSTRAINT approvals_subject_kind_check,
        ADD CONSTRAINT approvals_subject_kind_check CHECK (subject_kind <> '');
    `);
    await this.onlyPledgesAreForeign(db);
  }

  /** Cash and all it is held for is in the pool's currency; only a pledge may be promised in another. */
  private async onlyPledgesAreForeign(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_foreign_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.kind NOT IN ('pledgesReceivable', 'pledgedFunds')
          AND NEW.currency <> (SELECT currency FROM pools WHERE id = NEW.pool_id) THEN
          RAISE EXCEPTION 'An account of kind % is in the currency of its pool.', NEW.kind USING ERRCODE = 'TR005';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER accounts_in_currency_of_pool BEFORE INSERT ON accounts
        FOR EACH ROW EXECUTE FUNCTION refuse_foreign_account();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
