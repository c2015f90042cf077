import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable } from '../platform/database/tenant-table.js';

/**
 * Reports are asked for, and made by the worker: over one pool, a coalition, or several; in files that are kept in
 * pieces, so that none is ever whole in memory. What was recorded before a report's instant can no longer be added to.
 */
export class ReportRuns1767500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(overseenCoalitions);
    await db.query(reportedThrough);
    await db.query(fileParts());
    await db.query(subscriptions);
    await db.query(runs);
    await db.query(mails);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** Where a person sees the whole of the money: a partner sees its own. A job sees the whole of its one coalition. */
const overseenCoalitions = `
  CREATE FUNCTION overseen_coalitions() RETURNS uuid[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
      WHEN nullif(current_setting('app.job', true), '') IS NOT NULL
        THEN ARRAY[nullif(current_setting('app.coalition_id', true), '')::uuid]
      ELSE ARRAY(
        SELECT DISTINCT m.coalition_id FROM memberships m
        WHERE m.person_id = nullif(current_setting('app.person_id', true), '')::uuid AND m.role <> 'partner'
          AND m.since_on <= coalesce(nullif(current_setting('app.today', true), '')::date, current_date)
          AND (m.until_on IS NULL OR m.until_on >= coalesce(nullif(current_setting('app.today', true), '')::date, current_date))
      )
    END
  $$;
  -- Who sees one of several coalitions sees nothing that tells of them all. A job does what somebody asked for who did:
  -- it reads the rows of its own coalition as ever, and the money of that coalition alone.
  CREATE FUNCTION may_oversee(coalitions uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT cardinality(coalitions) = 1 OR nullif(current_setting('app.job', true), '') IS NOT NULL
      OR coalitions <@ overseen_coalitions()
  $$;
`;

/**
 * A transaction that began before a report's instant, and is let in after the report was made, records what it does
 * after that instant. The row is held, so that whoever makes a report waits for what is half in.
 */
const reportedThrough = `
  ALTER TABLE pools ADD COLUMN reported_through timestamptz;
  CREATE FUNCTION record_after_reports() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE reported timestamptz;
  BEGIN
    SELECT reported_through INTO reported FROM pools WHERE id = NEW.pool_id FOR KEY SHARE;
    NEW.recorded_at := greatest(NEW.recorded_at, reported + interval '1 millisecond');
    RETURN NEW;
  END $$;
  CREATE TRIGGER journal_entries_recorded_after_reports BEFORE INSERT ON journal_entries
    FOR EACH ROW EXECUTE FUNCTION record_after_reports();
`;

/** The pieces come first, the file that they are of when its hash is known: all in one transaction, or nothing. */
const fileParts = () => `
  ALTER TABLE stored_files
    ALTER COLUMN content DROP NOT NULL,
    ADD COLUMN coalition_ids uuid[] CHECK (coalition_id = ANY (coalition_ids)),
    DROP CONSTRAINT stored_files_coalition_id_sha256_key;
  -- What is in pieces is not looked for by its content.
  CREATE UNIQUE INDEX stored_files_once ON stored_files (coalition_id, sha256) WHERE content IS NOT NULL;
  CREATE POLICY stored_files_all_coalitions ON stored_files AS RESTRICTIVE TO ${APPLICATION_ROLE}
    USING (coalition_ids IS NULL OR door('post') OR may_oversee(coalition_ids));
  ${tenantTable(
    'stored_file_parts',
    `
      file_id uuid NOT NULL,
      number integer NOT NULL CHECK (number > 0),
      content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 1048576),
      FOREIGN KEY (coalition_id, file_id) REFERENCES stored_files (coalition_id, id) DEFERRABLE INITIALLY DEFERRED,
      UNIQUE (file_id, number)
    `,
    ['SELECT', 'INSERT'],
  )}
  CREATE POLICY stored_file_parts_post ON stored_file_parts FOR SELECT TO ${APPLICATION_ROLE}
    USING (door('post') AND file_id IN (SELECT file_id FROM mail_attachments));
  CREATE POLICY stored_file_parts_of_seen_files ON stored_file_parts AS RESTRICTIVE FOR SELECT TO ${APPLICATION_ROLE}
    USING (EXISTS (SELECT 1 FROM stored_files f WHERE f.id = file_id));
`;

/** What a subscription and a run have alike: what is asked for. */
const order = `
  ADD COLUMN scope text NOT NULL DEFAULT 'pool' CHECK (scope IN ('pool', 'coalition', 'coalitions', 'everything')),
  ADD COLUMN coalition_ids uuid[],
  ADD COLUMN basis text NOT NULL DEFAULT 'recorded' CHECK (basis IN ('occurred', 'recorded')),
  ADD COLUMN funder_id uuid,
  ADD COLUMN currency text CHECK (currency ~ '^[A-Z]{3}$'),
  ADD COLUMN rates jsonb NOT NULL DEFAULT '[]',
  ADD FOREIGN KEY (coalition_id, funder_id) REFERENCES organisations (coalition_id, id),
  ALTER COLUMN pool_id DROP NOT NULL
`;

/** The first of the coalitions is the one that the row lies with; who sees one of several sees none of it. */
const several = (table: string): string => `
  UPDATE ${table} SET coalition_ids = ARRAY[coalition_id];
  ALTER TABLE ${table}
    ALTER COLUMN scope DROP DEFAULT,
    ALTER COLUMN basis DROP DEFAULT,
    ALTER COLUMN coalition_ids SET NOT NULL,
    ADD CHECK (cardinality(coalition_ids) > 0 AND coalition_ids[1] = coalition_id),
    ADD CHECK ((scope = 'pool') = (pool_id IS NOT NULL));
  CREATE POLICY ${table}_all_coalitions ON ${table} AS RESTRICTIVE TO ${APPLICATION_ROLE}
    USING (may_oversee(coalition_ids));
`;

const formats = `ARRAY['pdf', 'xlsx', 'csv', 'hledger']`;

const subscriptions = `
  ALTER TABLE subscriptions ${order},
    ADD COLUMN period text NOT NULL DEFAULT 'untilThen' CHECK (period IN
      ('previousMonth', 'previousQuarter', 'previousYear', 'yearToDate', 'sinceTheBeginning', 'untilThen')),
    DROP CONSTRAINT subscriptions_report_kind_check,
    DROP CONSTRAINT subscriptions_formats_check,
    ADD CHECK (cardinality(formats) > 0 AND formats <@ ${formats});
  ${several('subscriptions')}
  ALTER TABLE subscriptions ALTER COLUMN period DROP DEFAULT;
  CREATE POLICY subscription_recipients_of_seen ON subscription_recipients AS RESTRICTIVE FOR SELECT TO ${APPLICATION_ROLE}
    USING (EXISTS (SELECT 1 FROM subscriptions s WHERE s.id = subscription_id));
`;

const runs = `
  ALTER TABLE report_runs ${order},
    ADD COLUMN pool_ids uuid[],
    ADD COLUMN period_from date,
    ADD COLUMN period_to date,
    ADD COLUMN formats text[] NOT NULL DEFAULT '{csv}' CHECK (cardinality(formats) > 0 AND formats <@ ${formats}),
    ADD COLUMN is_preview boolean NOT NULL DEFAULT false,
    ADD COLUMN again_of uuid,
    ADD COLUMN owner_id uuid REFERENCES persons (id),
    ADD COLUMN asked_at timestamptz,
    -- Each pool with its names and policies as they were: what it is made from again.
    ADD COLUMN pools jsonb NOT NULL DEFAULT '[]',
    -- Key figures, control totals and the first rows of short tables, pool by pool.
    ADD COLUMN sections jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN rows_written bigint NOT NULL DEFAULT 0,
    ADD COLUMN rows_expected bigint,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN lease_until timestamptz,
    ADD COLUMN failure text,
    ALTER COLUMN made_at DROP NOT NULL,
    DROP CONSTRAINT report_runs_state_check,
    ADD CONSTRAINT report_runs_state_check
      CHECK (state IN ('queued', 'making', 'made', 'doesNotTie', 'failed', 'cancelled'));

  UPDATE report_runs r SET pool_ids = ARRAY[r.pool_id], asked_at = r.made_at,
    owner_id = coalesce(r.asked_by, (SELECT s.owner_id FROM subscriptions s WHERE s.id = r.subscription_id)),
    period_to = (r.as_of AT TIME ZONE c.time_zone)::date,
    pools = jsonb_build_array(jsonb_build_object('id', r.pool_id, 'coalitionId', r.coalition_id,
      'name', r.figures ->> 'pool', 'coalition', r.figures ->> 'coalition', 'currency', r.figures ->> 'currency',
      'timeZone', c.time_zone, 'policies', r.parameters - 'poolId')),
    sections = jsonb_build_array(jsonb_build_object('coalition', r.figures ->> 'coalition', 'pool', r.figures ->> 'pool',
      'currency', r.figures ->> 'currency', 'parts', '[]'::jsonb, 'controlTotals', r.control_totals,
      'keyFigures', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'label', i.label,
          'amount', r.figures -> 'position' ->> i.name) ORDER BY i.number), '[]')
        FROM (VALUES (1, 'cash', 'Cash'), (2, 'availableToDisburse', 'Available to pay out'),
          (3, 'availableToCommit', 'Available to commit'), (4, 'pledgesReceivable', 'Pledged, still to come'),
          (5, 'grantsOutstanding', 'Committed to grants, not paid yet'), (6, 'fundBalances', 'Fund balances'),
          (7, 'feesPayable', 'Fees payable'), (8, 'heldForBonds', 'Held for bonds'),
          (9, 'approvedUnsettled', 'Approved, not settled yet'), (10, 'reserve', 'Reserve')) AS i (number, name, label)
        WHERE r.figures -> 'position' ? i.name)))
  FROM coalitions c WHERE c.id = r.coalition_id;

  ${several('report_runs')}
  ALTER TABLE report_runs
    DROP COLUMN parameters, DROP COLUMN figures, DROP COLUMN control_totals,
    ALTER COLUMN formats DROP DEFAULT,
    ALTER COLUMN pool_ids SET NOT NULL,
    ALTER COLUMN period_to SET NOT NULL,
    ALTER COLUMN owner_id SET NOT NULL,
    ALTER COLUMN asked_at SET NOT NULL,
    ADD FOREIGN KEY (coalition_id, again_of) REFERENCES report_runs (coalition_id, id),
    ADD CHECK (period_from <= period_to),
    ADD CHECK ((state IN ('made', 'doesNotTie')) = (made_at IS NOT NULL)),
    ADD CHECK ((state = 'making') = (lease_until IS NOT NULL)),
    ADD CHECK (state <> 'failed' OR failure IS NOT NULL);
  CREATE INDEX report_runs_by_coalition ON report_runs (coalition_id, asked_at);
  GRANT UPDATE ON report_runs TO ${APPLICATION_ROLE};

  -- What was made is never changed: neither its figures nor that it was made.
  CREATE FUNCTION keep_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'A report that was made is never changed: make it again instead.' USING ERRCODE = 'TR002';
  END $$;
  CREATE TRIGGER report_runs_kept BEFORE UPDATE ON report_runs FOR EACH ROW
    WHEN (OLD.state IN ('made', 'doesNotTie', 'failed', 'cancelled')) EXECUTE FUNCTION keep_ended_run();

  CREATE POLICY report_files_of_seen_runs ON report_files AS RESTRICTIVE FOR SELECT TO ${APPLICATION_ROLE}
    USING (EXISTS (SELECT 1 FROM report_runs r WHERE r.id = run_id));
`;

/** A letter that brings a report is seen by those who see the report, and by its reader. */
const mails = `
  CREATE POLICY mail_messages_of_seen_runs ON mail_messages AS RESTRICTIVE FOR SELECT TO ${APPLICATION_ROLE}
    USING (cause_kind <> 'report.run' OR door('post') OR door('identity') OR person_id = current_person()
      OR EXISTS (SELECT 1 FROM report_runs r WHERE r.id = cause_id));
`;
