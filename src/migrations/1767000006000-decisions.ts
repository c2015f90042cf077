import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/**
 * Motions put to the coalition's people: the roll that is drawn when voting opens, ballots, recusals, dissent, minutes,
 * and what a passed decision was used for. All but the motion itself is append-only.
 */
export class Decisions1767000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(decisionTables);
    await db.query(rollAndVotes);
    await db.query(registers);
    await db.query(rules);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const decisionTables =
  tenantTable(
    'decisions',
    `
      number integer NOT NULL CHECK (number > 0),
      title text NOT NULL CHECK (title <> ''),
      motion text NOT NULL CHECK (motion <> ''),
      method text NOT NULL CHECK (method IN ('motion', 'choice')),
      options text[] NOT NULL,
      rule text NOT NULL CHECK (rule IN ('majority', 'twoThirds', 'unanimous', 'plurality')),
      weighting text NOT NULL CHECK (weighting IN ('perPerson', 'byContribution')),
      weight_pool_id uuid,
      quorum_percent integer NOT NULL CHECK (quorum_percent BETWEEN 1 AND 100),
      closes_on date NOT NULL,
      subject_kind text NOT NULL CHECK (subject_kind IN ('general', 'grantAward', 'grantAmendment', 'conditionWaiver', 'poolPolicy')),
      subject_id uuid,
      -- The organisation that it would benefit: those with an interest in it do not vote.
      concerns_id uuid,
      amends_id uuid,
      amends_how text CHECK (amends_how IN ('amends', 'supersedes')),
      state text NOT NULL CHECK (state IN ('draft', 'open', 'passed', 'failed', 'noQuorum', 'withdrawn')),
      drafted_by uuid REFERENCES persons (id),
      drafted_at timestamptz NOT NULL,
      opened_by uuid REFERENCES persons (id),
      opened_at timestamptz,
      closes_at timestamptz CHECK (closes_at > opened_at),
      closed_by uuid REFERENCES persons (id),
      closed_at timestamptz,
      withdrawn_reason text CHECK (withdrawn_reason <> ''),
      result jsonb,
      version integer NOT NULL DEFAULT 1,
      ${within('weight_pool_id', 'pools')},
      ${within('concerns_id', 'organisations')},
      ${within('amends_id', 'decisions')},
      UNIQUE (coalition_id, number),
      CHECK ((weighting = 'byContribution') = (weight_pool_id IS NOT NULL)),
      CHECK ((subject_kind = 'general') = (subject_id IS NULL)),
      CHECK ((amends_id IS NULL) = (amends_how IS NULL)),
      CHECK ((state = 'withdrawn') = (withdrawn_reason IS NOT NULL)),
      CHECK ((state IN ('passed', 'failed', 'noQuorum')) = (result IS NOT NULL)),
      CHECK ((state IN ('passed', 'failed', 'noQuorum', 'withdrawn')) = (closed_at IS NOT NULL)),
      CHECK (state IN ('draft', 'withdrawn') OR (opened_at IS NOT NULL AND closes_at IS NOT NULL))
    `,
    ['SELECT', 'INSERT', 'UPDATE'],
  ) +
  tenantTable(
    'decision_settings',
    `
      voting_roles text[] NOT NULL CHECK (voting_roles <@ ARRAY['funder', 'partner', 'finance', 'approver', 'verifier'] AND voting_roles <> '{}'),
      needed_for text[] NOT NULL CHECK (needed_for <@ ARRAY['grantAward', 'grantAmendment', 'conditionWaiver', 'poolPolicy']),
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT decision_settings_one_each UNIQUE (coalition_id)
    `,
    ['SELECT', 'INSERT', 'UPDATE'],
  );

const rollAndVotes =
  tenantTable(
    'decision_voters',
    `
      decision_id uuid NOT NULL,
      person_id uuid NOT NULL REFERENCES persons (id),
      -- The seat by which they vote, in words, as it was then.
      seat text NOT NULL CHECK (seat <> ''),
      weight bigint NOT NULL CHECK (weight >= 0),
      ${within('decision_id', 'decisions')},
      UNIQUE (coalition_id, decision_id, person_id)
    `,
    ['SELECT', 'INSERT'],
  ) +
  tenantTable(
    'decision_recusals',
    `
      decision_id uuid NOT NULL,
      person_id uuid NOT NULL REFERENCES persons (id),
      ground text NOT NULL CHECK (ground IN ('register', 'seat', 'employer', 'declared')),
      reason text NOT NULL CHECK (reason <> ''),
      recorded_by uuid REFERENCES persons (id),
      at timestamptz NOT NULL,
      ${within('decision_id', 'decisions')},
      UNIQUE (decision_id, person_id)
    `,
    ['SELECT', 'INSERT'],
  ) +
  tenantTable(
    'decision_ballots',
    `
      decision_id uuid NOT NULL,
      -- Their line of the roll.
      voter_id uuid NOT NULL,
      person_id uuid NOT NULL REFERENCES persons (id),
      -- The number of the option; 0 abstains.
      choice integer NOT NULL CHECK (choice >= 0),
      -- The ballot that this one replaces: changing a vote adds one.
      supersedes_id uuid,
      at timestamptz NOT NULL,
      ${within('decision_id', 'decisions')},
      ${within('supersedes_id', 'decision_ballots')},
      CONSTRAINT decision_ballots_superseded_once UNIQUE (supersedes_id),
      ${within('voter_id', 'decision_voters')}
    `,
    ['SELECT', 'INSERT'],
  ) +
  `CREATE UNIQUE INDEX decision_ballots_one_first ON decision_ballots (decision_id, person_id) WHERE supersedes_id IS NULL;` +
  tenantTable(
    'decision_dissents',
    `
      decision_id uuid NOT NULL,
      voter_id uuid NOT NULL,
      person_id uuid NOT NULL REFERENCES persons (id),
      words text NOT NULL CHECK (words <> ''),
      at timestamptz NOT NULL,
      ${within('decision_id', 'decisions')},
      ${within('voter_id', 'decision_voters')}
    `,
    ['SELECT', 'INSERT'],
  );

const registers =
  tenantTable(
    'decision_minutes',
    `
      decision_id uuid NOT NULL,
      text text NOT NULL CHECK (text <> ''),
      written_by uuid NOT NULL REFERENCES persons (id),
      written_at timestamptz NOT NULL,
      ${within('decision_id', 'decisions')}
    `,
    ['SELECT', 'INSERT'],
  ) +
  tenantTable(
    'decision_uses',
    `
      decision_id uuid NOT NULL,
      subject_kind text NOT NULL,
      subject_id uuid NOT NULL,
      used_for text NOT NULL CHECK (used_for <> ''),
      used_by uuid REFERENCES persons (id),
      used_at timestamptz NOT NULL,
      ${within('decision_id', 'decisions')},
      CONSTRAINT decision_uses_once UNIQUE (decision_id)
    `,
    ['SELECT', 'INSERT'],
  ) +
  tenantTable(
    'interests',
    `
      person_id uuid NOT NULL REFERENCES persons (id),
      organisation_id uuid NOT NULL,
      nature text NOT NULL CHECK (nature <> ''),
      since_on date NOT NULL,
      until_on date CHECK (until_on >= since_on),
      declared_by uuid REFERENCES persons (id),
      declared_at timestamptz NOT NULL,
      ${within('organisation_id', 'organisations')}
    `,
    ['SELECT', 'INSERT', 'UPDATE'],
  );

/*
 * What a trigger does not find lies behind the wall: row-level security and the composite keys refuse it then, each
 * with its own words.
 */
const rules = `
  CREATE INDEX decision_voters_by_decision ON decision_voters (decision_id);
  CREATE INDEX decisions_by_subject ON decisions (subject_kind, subject_id) WHERE subject_id IS NOT NULL;
  CREATE INDEX interests_by_organisation ON interests (organisation_id);

  CREATE FUNCTION hold_decision() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state <> 'draft' AND (NEW.title, NEW.motion, NEW.method, NEW.options, NEW.rule, NEW.weighting, NEW.weight_pool_id,
        NEW.quorum_percent, NEW.closes_on, NEW.subject_kind, NEW.subject_id, NEW.concerns_id, NEW.amends_id, NEW.amends_how,
        NEW.number, NEW.opened_at, NEW.closes_at)
      IS DISTINCT FROM (OLD.title, OLD.motion, OLD.method, OLD.options, OLD.rule, OLD.weighting, OLD.weight_pool_id,
        OLD.quorum_percent, OLD.closes_on, OLD.subject_kind, OLD.subject_id, OLD.concerns_id, OLD.amends_id, OLD.amends_how,
        OLD.number, OLD.opened_at, OLD.closes_at) THEN
      RAISE EXCEPTION 'A motion that was put to the vote stays as it was.' USING ERRCODE = 'TR060';
    END IF;
    IF OLD.state NOT IN ('draft', 'open') AND (NEW.state, NEW.result, NEW.closed_at)
      IS DISTINCT FROM (OLD.state, OLD.result, OLD.closed_at) THEN
      RAISE EXCEPTION 'A decision that is closed stays as it is: amend it by another.' USING ERRCODE = 'TR060';
    END IF;
    IF OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'open', 'withdrawn') OR OLD.state = 'open' AND NEW.state = 'draft' THEN
      RAISE EXCEPTION 'A motion is voted on before it is decided.' USING ERRCODE = 'TR060';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decisions_held BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION hold_decision();

  CREATE FUNCTION serves_as_backbone(person uuid, coalition uuid, at_day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = person AND m.coalition_id = coalition AND m.role = 'backbone'
      AND m.since_on <= at_day AND (m.until_on IS NULL OR m.until_on >= at_day))
  $$;

  -- The roll is drawn in the very transaction that opens the vote: nobody is added to it later.
  CREATE FUNCTION hold_roll() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE d record;
  BEGIN
    SELECT state, opened_at, xmin = pg_current_xact_id()::xid AS is_opening INTO d FROM decisions WHERE id = NEW.decision_id;
    IF NOT FOUND THEN RETURN NEW; END IF;
    IF d.state <> 'open' OR NOT d.is_opening THEN
      RAISE EXCEPTION 'The roll was drawn when the vote opened.' USING ERRCODE = 'TR060';
    END IF;
    IF serves_as_backbone(NEW.person_id, NEW.coalition_id, (d.opened_at AT TIME ZONE 'UTC')::date) THEN
      RAISE EXCEPTION 'The backbone does not vote.' USING ERRCODE = 'TR061';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decision_voters_held BEFORE INSERT ON decision_voters FOR EACH ROW EXECUTE FUNCTION hold_roll();

  CREATE FUNCTION is_on_roll(voter uuid, decision uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM decision_voters v WHERE v.id = voter AND v.decision_id = decision AND v.person_id = person)
  $$;

  CREATE FUNCTION hold_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE d record;
  BEGIN
    SELECT state, opened_at, closes_at, cardinality(options) AS most INTO d FROM decisions WHERE id = NEW.decision_id FOR SHARE;
    IF NOT FOUND THEN RETURN NEW; END IF;
    IF serves_as_backbone(NEW.person_id, NEW.coalition_id, (NEW.at AT TIME ZONE 'UTC')::date) THEN
      RAISE EXCEPTION 'The backbone does not vote.' USING ERRCODE = 'TR061';
    END IF;
    IF d.state <> 'open' OR NEW.at < d.opened_at OR NEW.at >= d.closes_at THEN
      RAISE EXCEPTION 'The vote is not open.' USING ERRCODE = 'TR062';
    END IF;
    IF NEW.choice > d.most THEN
      RAISE EXCEPTION 'There is no such option.' USING ERRCODE = 'TR063';
    END IF;
    -- Nobody votes for somebody else, and no job votes at all.
    IF coalesce(current_setting('app.job', true), '') <> '' OR NEW.person_id <> coalesce(current_person(), NEW.person_id) THEN
      RAISE EXCEPTION 'Everybody votes for themself.' USING ERRCODE = 'TR061';
    END IF;
    IF EXISTS (SELECT 1 FROM decision_recusals r WHERE r.decision_id = NEW.decision_id AND r.person_id = NEW.person_id) THEN
      RAISE EXCEPTION 'Who is recused does not vote.' USING ERRCODE = 'TR064';
    END IF;
    IF NOT is_on_roll(NEW.voter_id, NEW.decision_id, NEW.person_id) THEN
      RAISE EXCEPTION 'Only who is on the roll votes.' USING ERRCODE = 'TR061';
    END IF;
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decision_ballots b
      WHERE b.id = NEW.supersedes_id AND b.decision_id = NEW.decision_id AND b.person_id = NEW.person_id) THEN
      RAISE EXCEPTION 'A ballot replaces one of the same person on the same motion.' USING ERRCODE = 'TR061';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decision_ballots_held BEFORE INSERT ON decision_ballots FOR EACH ROW EXECUTE FUNCTION hold_ballot();

  CREATE FUNCTION hold_dissent() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id) THEN RETURN NEW; END IF;
    IF NOT is_on_roll(NEW.voter_id, NEW.decision_id, NEW.person_id) OR coalesce(current_setting('app.job', true), '') <> ''
      OR NEW.person_id <> coalesce(current_person(), NEW.person_id) THEN
      RAISE EXCEPTION 'Dissent is of who is on the roll, in their own words.' USING ERRCODE = 'TR061';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decision_dissents_held BEFORE INSERT ON decision_dissents FOR EACH ROW EXECUTE FUNCTION hold_dissent();

  CREATE FUNCTION hold_recusal() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE decided text;
  BEGIN
    SELECT state INTO decided FROM decisions WHERE id = NEW.decision_id FOR SHARE;
    IF FOUND AND decided NOT IN ('draft', 'open') THEN
      RAISE EXCEPTION 'The vote is over.' USING ERRCODE = 'TR062';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decision_recusals_held BEFORE INSERT ON decision_recusals FOR EACH ROW EXECUTE FUNCTION hold_recusal();

  -- Only a decision that passed opens a door, and only the one that it is about.
  CREATE FUNCTION hold_decision_use() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE d record;
  BEGIN
    SELECT state, subject_kind, subject_id INTO d FROM decisions WHERE id = NEW.decision_id;
    IF FOUND AND (d.state <> 'passed' OR d.subject_kind <> NEW.subject_kind OR d.subject_id <> NEW.subject_id) THEN
      RAISE EXCEPTION 'The decision did not pass, or is about something else.' USING ERRCODE = 'TR065';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decision_uses_held BEFORE INSERT ON decision_uses FOR EACH ROW EXECUTE FUNCTION hold_decision_use();

  CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only.', TG_TABLE_NAME USING ERRCODE = 'TR066';
  END $$;
  CREATE TRIGGER decisions_kept BEFORE DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_voters_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_voters FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_recusals_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_recusals FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_ballots_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_ballots FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_dissents_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_dissents FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_minutes_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_minutes FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
  CREATE TRIGGER decision_uses_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_uses FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
`;
