import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What outcomes a bond is expected to reach, version by version; and windows in which it pays by a schedule instead. */
export class BondPlans1767000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'bond_plans',
        `
          bond_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          reason text NOT NULL CHECK (reason <> ''),
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          ${within('bond_id', 'bonds')},
          UNIQUE (bond_id, number)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'bond_plan_lines',
        `
          plan_id uuid NOT NULL,
          period integer NOT NULL CHECK (period > 0),
          metric text NOT NULL CHECK (metric <> ''),
          quantity numeric CHECK (quantity >= 0),
          value numeric,
          ${within('plan_id', 'bond_plans')},
          CHECK (num_nonnulls(quantity, value) > 0),
          CONSTRAINT bond_plan_lines_once UNIQUE (plan_id, period, metric)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'bond_suspensions',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          from_on date NOT NULL,
          to_on date NOT NULL CHECK (to_on >= from_on),
          reason text NOT NULL CHECK (reason <> ''),
          -- Who pays the schedule, by what weight: [{organisationId, weight}].
          payers jsonb NOT NULL,
          state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'approved', 'rejected')),
          approval_id uuid,
          asked_by uuid NOT NULL REFERENCES persons (id),
          asked_at timestamptz NOT NULL,
          decided_by uuid REFERENCES persons (id),
          decided_at timestamptz,
          ${within('bond_id', 'bonds')},
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          CHECK ((state = 'asked') = (decided_at IS NULL)),
          CONSTRAINT bond_suspensions_maker_is_not_checker CHECK (state <> 'approved' OR decided_by <> asked_by)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'substitute_payments',
        `
          suspension_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          due_on date NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'invoiced')),
          -- Of the amount, what was invoiced; the rest exceeded a cap, which the note names.
          invoiced bigint CHECK (invoiced BETWEEN 0 AND amount),
          note text NOT NULL DEFAULT '',
          ${within('suspension_id', 'bond_suspensions')},
          UNIQUE (suspension_id, number),
          CHECK ((state = 'invoiced') = (invoiced IS NOT NULL)),
          CHECK (invoiced IS NULL OR invoiced = amount OR note <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      -- A window that is approved was approved by others, and what it puts off is put off once.
      CREATE FUNCTION refuse_unapproved_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state = 'approved' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The suspension is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER bond_suspensions_approved BEFORE INSERT OR UPDATE ON bond_suspensions
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_suspension();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
