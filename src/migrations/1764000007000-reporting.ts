import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Reporting requirements, spend reports by goal, and scheduled finance reports with their proof. */
export class Reporting1764000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'requirements',
        `
          grant_id uuid NOT NULL,
          organisation_id uuid NOT NULL,
          frequency text NOT NULL CHECK (frequency IN ('monthly', 'quarterly', 'halfYearly', 'yearly')),
          first_period_from date NOT NULL,
          last_period_to date NOT NULL CHECK (last_period_to >= first_period_from),
          due_after_days integer NOT NULL CHECK (due_after_days BETWEEN 0 AND 366),
          ladder integer[] NOT NULL,
          escalate_after_days integer NOT NULL CHECK (escalate_after_days > 0),
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('grant_id', 'grants')},
          ${within('organisation_id', 'organisations')},
          -- A grant is reported on as it agreed, and never by a second requirement.
          CONSTRAINT requirements_one_per_grant UNIQUE (grant_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'spend_reports',
        `
          requirement_id uuid NOT NULL,
          grant_id uuid NOT NULL,
          organisation_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          period_from date NOT NULL,
          period_to date NOT NULL CHECK (period_to >= period_from),
          due_on date NOT NULL,
          state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'returned', 'accepted')),
          currency text NOT NULL,
          opening bigint,
          received bigint,
          spent bigint,
          closing bigint,
          story text NOT NULL DEFAULT '',
          learning text NOT NULL DEFAULT '',
          review_comment text,
          submitted_by uuid REFERENCES persons (id),
          submitted_at timestamptz,
          reviewed_by uuid REFERENCES persons (id),
          reviewed_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          ${within('requirement_id', 'requirements')},
          ${within('grant_id', 'grants')},
          ${within('organisation_id', 'organisations')},
          UNIQUE (requirement_id, number),
          UNIQUE (requirement_id, period_from),
          CONSTRAINT spend_reports_closing CHECK (closing = opening + received - spent),
          -- Figures are frozen by submission; until then they are reckoned whenever somebody looks.
          CHECK (CASE WHEN state IN ('submitted', 'accepted') THEN num_nonnulls(opening, received, spent, closing) = 4
            ELSE num_nonnulls(opening, received, spent, closing) = 0 END),
          CHECK (closing >= 0),
          CHECK (state = 'draft' OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)),
          CHECK (state NOT IN ('returned', 'accepted') OR (reviewed_by IS NOT NULL AND reviewed_at IS NOT NULL)),
          CHECK (state <> 'returned' OR review_comment <> ''),
          CONSTRAINT spend_reports_reviewer_is_not_author CHECK (reviewed_by IS DISTINCT FROM submitted_by OR reviewed_by IS NULL)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'spend_lines',
        `
          spend_report_id uuid NOT NULL,
          goal_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount >= 0),
          note text NOT NULL DEFAULT '',
          ${within('spend_report_id', 'spend_reports')},
          ${within('goal_id', 'goals')},
          UNIQUE (spend_report_id, goal_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    // What a submitted report counts as received: every payment in one report at most.
    await db.query(
      tenantTable(
        'reported_disbursements',
        `
          spend_report_id uuid NOT NULL,
          disbursement_id uuid NOT NULL,
          ${within('spend_report_id', 'spend_reports')},
          ${within('disbursement_id', 'disbursements')},
          CONSTRAINT reported_disbursements_once UNIQUE (disbursement_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'subscriptions',
        `
          pool_id uuid NOT NULL,
          report_kind text NOT NULL CHECK (report_kind IN ('poolPosition')),
          formats text[] NOT NULL CHECK (cardinality(formats) > 0 AND formats <@ ARRAY['csv']),
          recurrence jsonb NOT NULL,
          owner_id uuid NOT NULL REFERENCES persons (id),
          state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'ended')),
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'subscription_recipients',
        `
          subscription_id uuid NOT NULL,
          person_id uuid NOT NULL REFERENCES persons (id),
          ${within('subscription_id', 'subscriptions')},
          UNIQUE (subscription_id, person_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'report_runs',
        `
          subscription_id uuid,
          pool_id uuid NOT NULL,
          report_kind text NOT NULL,
          period_key text,
          as_of timestamptz NOT NULL,
          parameters jsonb NOT NULL,
          figures jsonb NOT NULL,
          control_totals jsonb NOT NULL,
          state text NOT NULL CHECK (state IN ('made', 'doesNotTie')),
          late boolean NOT NULL DEFAULT false,
          asked_by uuid REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          ${within('subscription_id', 'subscriptions')},
          ${within('pool_id', 'pools')},
          UNIQUE (subscription_id, period_key)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'report_files',
        `
          run_id uuid NOT NULL,
          format text NOT NULL,
          file_id uuid NOT NULL,
          file_name text NOT NULL,
          sha256 text NOT NULL,
          ${within('run_id', 'report_runs')},
          ${within('file_id', 'stored_files')},
          UNIQUE (run_id, format)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(`
      CREATE INDEX spend_reports_by_grant ON spend_reports (grant_id, period_from);
      CREATE INDEX spend_reports_by_coalition ON spend_reports (coalition_id, due_on);
      CREATE INDEX reported_disbursements_by_report ON reported_disbursements (spend_report_id);
      CREATE INDEX subscriptions_by_pool ON subscriptions (pool_id);
      CREATE INDEX report_runs_by_pool ON report_runs (pool_id, made_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
