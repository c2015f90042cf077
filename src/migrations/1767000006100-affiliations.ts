import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Who works for whom, and since when: apart from seats, which stay with their people. */
export class Affiliations1767000006100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'affiliations',
        `
          person_id uuid NOT NULL REFERENCES persons (id),
          organisation_id uuid NOT NULL,
          position text NOT NULL DEFAULT '',
          since_on date NOT NULL,
          until_on date CHECK (until_on >= since_on),
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          ${within('organisation_id', 'organisations')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX affiliations_by_person ON affiliations (person_id);
      CREATE UNIQUE INDEX affiliations_one_open ON affiliations (coalition_id, person_id) WHERE until_on IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
