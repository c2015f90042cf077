import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/**
 * Pledges in a currency of their own, reckoned at a planning rate; contributions that keep what the funder paid beside
 * what arrived; promises and money restricted to a grant as well as to a goal.
 */
export class ForeignPledges1766000004100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE pledges
        ADD COLUMN planning_rate numeric CHECK (planning_rate > 0),
        -- Minor units of the pool for one minor unit of the pledge: the rate, and the digits of both currencies.
        ADD COLUMN planning_factor numeric NOT NULL DEFAULT 1 CHECK (planning_factor > 0),
        ADD COLUMN earmark_goal_id uuid,
        ADD COLUMN earmark_grant_id uuid,
        ADD CONSTRAINT pledges_one_earmark CHECK (num_nonnulls(earmark_goal_id, earmark_grant_id) <= 1),
        ADD ${within('earmark_goal_id', 'goals')},
        ADD ${within('earmark_grant_id', 'grants')};
      ALTER TABLE contributions
        ADD COLUMN paid_amount bigint CHECK (paid_amount > 0),
        ADD COLUMN paid_currency text CHECK (paid_currency <> currency),
        ADD COLUMN earmark_grant_id uuid,
        ADD CONSTRAINT contributions_paid_in_a_currency CHECK (num_nonnulls(paid_amount, paid_currency) <> 1),
        ADD CONSTRAINT contributions_one_earmark CHECK (num_nonnulls(earmark_goal_id, earmark_grant_id) <= 1),
        ADD ${within('earmark_grant_id', 'grants')};
      -- A pledge of another currency than its pool's is worth nothing to it without a rate, and one of its own needs none.
      CREATE FUNCTION refuse_unplanned_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.planning_rate IS NULL) <> (NEW.currency = (SELECT currency FROM pools WHERE id = NEW.pool_id)) THEN
          RAISE EXCEPTION 'A pledge in another currency than the pool''s has a planning rate, and no other has one.'
            USING ERRCODE = 'TR005';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pledges_planned BEFORE INSERT OR UPDATE ON pledges
        FOR EACH ROW EXECUTE FUNCTION refuse_unplanned_pledge();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
