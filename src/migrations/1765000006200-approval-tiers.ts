import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many must approve, in as many tiers as a pool wants, instead of one amount above which there are two. */
export class ApprovalTiers1765000006200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE pools ADD COLUMN approval_tiers jsonb NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(approval_tiers) = 'array');
      -- What was is the first tier. Minor units as digits: a JSON number would lose some.
      UPDATE pools SET approval_tiers =
        jsonb_build_array(jsonb_build_object('above', two_approvers_above::text, 'approvers', 2));
      ALTER TABLE pools DROP COLUMN two_approvers_above;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
