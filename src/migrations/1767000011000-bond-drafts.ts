import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE } from '../platform/database/tenant-table.js';

/** An amendment that was never proposed may be thrown away; what was proposed or signed is kept. */
export class BondDrafts1767000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      GRANT DELETE ON bond_versions TO ${APPLICATION_ROLE};
      CREATE FUNCTION keep_proposed_terms() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'draft' THEN
          RAISE EXCEPTION 'What was proposed is kept.' USING ERRCODE = 'TR002';
        END IF;
        RETURN OLD;
      END $$;
      CREATE TRIGGER bond_versions_not_deleted BEFORE DELETE ON bond_versions
        FOR EACH ROW EXECUTE FUNCTION keep_proposed_terms();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
