import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Approvers who are away let somebody sign in their stead, between two dates. */
export class ApprovalDelegations1765000006300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'approval_delegations',
        `
          delegator_id uuid NOT NULL REFERENCES persons (id),
          delegate_id uuid NOT NULL REFERENCES persons (id) CHECK (delegate_id <> delegator_id),
          since_on date NOT NULL,
          until_on date NOT NULL CHECK (until_on >= since_on),
          reason text NOT NULL CHECK (reason <> ''),
          made_at timestamptz NOT NULL,
          ended_at timestamptz
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      ALTER TABLE approval_signatures
        ADD COLUMN delegation_id uuid,
        ADD COLUMN for_person_id uuid REFERENCES persons (id),
        ADD ${within('delegation_id', 'approval_delegations')},
        ADD CONSTRAINT approval_signatures_stead CHECK ((delegation_id IS NULL) = (for_person_id IS NULL));
      -- Whoever's seat it is, it signs once: in person or by a delegate.
      CREATE UNIQUE INDEX approval_signatures_one_seat ON approval_signatures (approval_id, coalesce(for_person_id, person_id));

      CREATE FUNCTION refuse_wrong_stead() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.for_person_id = (SELECT made_by FROM approvals WHERE id = NEW.approval_id) THEN
          RAISE EXCEPTION 'Nobody approves in the stead of whoever asked.' USING ERRCODE = 'TR006';
        END IF;
        IF NOT EXISTS (
          SELECT 1 FROM approval_delegations d WHERE d.id = NEW.delegation_id AND d.delegator_id = NEW.for_person_id
            AND d.delegate_id = NEW.person_id AND d.ended_at IS NULL
        ) THEN
          RAISE EXCEPTION 'There is no such delegation.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER approval_signatures_stead BEFORE INSERT ON approval_signatures
        FOR EACH ROW WHEN (NEW.for_person_id IS NOT NULL) EXECUTE FUNCTION refuse_wrong_stead();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
