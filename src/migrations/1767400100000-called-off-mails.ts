import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mail that is on its way while its matter is done cannot be taken back; it must not be tried again either. */
export class CalledOffMails1767400100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE mail_messages ADD COLUMN called_off_at timestamptz`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
