import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Money out: grants, their instalments, disbursements, and the approvals that let money go. */
export class GrantsAndPayments1764000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'grants',
        `
          pool_id uuid NOT NULL,
          organisation_id uuid NOT NULL,
          reference text NOT NULL CHECK (reference <> ''),
          title text NOT NULL CHECK (title <> ''),
          mode text NOT NULL CHECK (mode IN ('flexible', 'earmarked', 'outcome')),
          currency text NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          start_on date NOT NULL,
          end_on date NOT NULL CHECK (end_on >= start_on),
          template jsonb NOT NULL,
          reporting_frequency text NOT NULL CHECK (reporting_frequency IN ('monthly', 'quarterly', 'halfYearly', 'yearly')),
          reporting_due_after_days integer NOT NULL CHECK (reporting_due_after_days BETWEEN 0 AND 366),
          state text NOT NULL CHECK (state IN
            ('draft', 'proposed', 'awarded', 'active', 'closing', 'closed', 'declined', 'cancelled', 'suspended')),
          decision_reference text,
          created_by uuid REFERENCES persons (id),
          proposed_by uuid REFERENCES persons (id),
          proposed_at timestamptz,
          awarded_by uuid REFERENCES persons (id),
          awarded_at timestamptz,
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          ${within('organisation_id', 'organisations')},
          UNIQUE (pool_id, reference),
          CONSTRAINT grants_maker_is_not_checker CHECK (awarded_by IS DISTINCT FROM proposed_by OR awarded_by IS NULL)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'grant_goals',
        `
          grant_id uuid NOT NULL,
          goal_id uuid NOT NULL,
          ${within('grant_id', 'grants')},
          ${within('goal_id', 'goals')},
          UNIQUE (grant_id, goal_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'instalments',
        `
          grant_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          nominal_on date NOT NULL,
          due_on date NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          uplift bigint NOT NULL DEFAULT 0,
          state text NOT NULL DEFAULT 'planned' CHECK (state IN
            ('planned', 'due', 'held', 'approved', 'inPayment', 'paid', 'cancelled', 'returned')),
          hold_reasons jsonb NOT NULL DEFAULT '[]',
          version integer NOT NULL DEFAULT 1,
          ${within('grant_id', 'grants')},
          ${within('pool_id', 'pools')},
          UNIQUE (grant_id, number),
          CHECK ((state = 'held') = (jsonb_array_length(hold_reasons) > 0))
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    // One approval machine for whatever two people must agree on: bound to the hash of what was approved.
    await db.query(
      tenantTable(
        'approvals',
        `
          pool_id uuid NOT NULL,
          subject_kind text NOT NULL CHECK (subject_kind IN ('disbursement', 'periodUnlock')),
          subject_id uuid NOT NULL,
          summary text NOT NULL,
          content_hash text NOT NULL,
          content jsonb NOT NULL,
          required integer NOT NULL CHECK (required > 0),
          state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'void')),
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          ended_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'approval_signatures',
        `
          approval_id uuid NOT NULL,
          person_id uuid NOT NULL REFERENCES persons (id),
          verdict text NOT NULL CHECK (verdict IN ('approve', 'reject')),
          content_hash text NOT NULL,
          reason text,
          at timestamptz NOT NULL,
          ${within('approval_id', 'approvals')},
          CONSTRAINT approval_signatures_one_each UNIQUE (approval_id, person_id),
          CHECK (verdict = 'approve' OR reason <> '')
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'disbursements',
        `
          pool_id uuid NOT NULL,
          grant_id uuid NOT NULL,
          instalment_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          state text NOT NULL CHECK (state IN ('proposed', 'approved', 'settled', 'rejected', 'returned')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          bank_reference text,
          paid_on date,
          settled_by uuid REFERENCES persons (id),
          entry_id uuid,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          ${within('grant_id', 'grants')},
          ${within('instalment_id', 'instalments')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          CHECK ((state IN ('settled', 'returned')) = (entry_id IS NOT NULL)),
          CHECK (state <> 'settled' OR (bank_reference <> '' AND paid_on IS NOT NULL)),
          CONSTRAINT disbursements_bank_reference_once UNIQUE (pool_id, bank_reference)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX grants_by_pool ON grants (pool_id);
      CREATE INDEX instalments_by_pool ON instalments (pool_id, due_on) WHERE state IN ('planned', 'due', 'held', 'approved');
      CREATE INDEX disbursements_by_grant ON disbursements (grant_id);
      CREATE INDEX approvals_open ON approvals (coalition_id) WHERE state = 'open';
      CREATE UNIQUE INDEX approvals_one_open_per_subject ON approvals (subject_kind, subject_id) WHERE state = 'open';
      -- Nothing is paid twice: one living disbursement for an instalment.
      CREATE UNIQUE INDEX disbursements_one_living ON disbursements (instalment_id)
        WHERE state IN ('proposed', 'approved', 'settled');

      CREATE FUNCTION refuse_own_signature() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE approval approvals;
      BEGIN
        SELECT * INTO approval FROM approvals WHERE id = NEW.approval_id;
        IF approval.made_by = NEW.person_id THEN
          RAISE EXCEPTION 'Whoever asked for a release cannot approve it.' USING ERRCODE = 'TR006';
        END IF;
        IF approval.content_hash <> NEW.content_hash THEN
          RAISE EXCEPTION 'What is approved is not what was asked for.' USING ERRCODE = 'TR007';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER approval_signatures_maker_is_not_checker BEFORE INSERT ON approval_signatures
        FOR EACH ROW EXECUTE FUNCTION refuse_own_signature();

      -- An approval counts its signatures itself: none is approved with fewer than it requires.
      CREATE FUNCTION refuse_unsigned_approval() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.content_hash <> OLD.content_hash OR NEW.made_by <> OLD.made_by OR NEW.required < OLD.required THEN
          RAISE EXCEPTION 'An approval cannot be changed: void it and ask again.' USING ERRCODE = 'TR007';
        END IF;
        IF NEW.state = 'approved' AND NEW.required > (
          SELECT count(*) FROM approval_signatures WHERE approval_id = NEW.id AND verdict = 'approve'
        ) THEN
          RAISE EXCEPTION 'The approval has too few signatures.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER approvals_signed BEFORE UPDATE ON approvals
        FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_approval();

      CREATE FUNCTION refuse_unapproved_disbursement() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('approved', 'settled') AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The disbursement is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER disbursements_approved BEFORE INSERT OR UPDATE ON disbursements
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_disbursement();
    `);
    await db.query(
      tenantTable(
        'period_unlocks',
        `
          pool_id uuid NOT NULL,
          locked_through date,
          reason text NOT NULL CHECK (reason <> ''),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          used_at timestamptz,
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    // Locking a period takes one person, unlocking it an approved request.
    await db.query(`
      CREATE FUNCTION refuse_unapproved_unlock() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.locked_through IS NOT NULL AND (NEW.locked_through IS NULL OR NEW.locked_through < OLD.locked_through)
          AND NOT EXISTS (
            SELECT 1 FROM period_unlocks u JOIN approvals a ON a.id = u.approval_id
            WHERE u.pool_id = NEW.id AND a.state = 'approved' AND u.used_at IS NULL
              AND u.locked_through IS NOT DISTINCT FROM NEW.locked_through
          ) THEN
          RAISE EXCEPTION 'Moving the lock back takes two people.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pools_unlocked_by_two BEFORE UPDATE OF locked_through ON pools
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_unlock();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
