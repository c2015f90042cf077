import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What indicators and performance measures have in common. */
const series = `
  goal_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  definition text NOT NULL DEFAULT '',
  unit text NOT NULL CHECK (unit <> ''),
  places smallint NOT NULL CHECK (places BETWEEN 0 AND 6),
  polarity text NOT NULL CHECK (polarity IN ('up', 'down')),
  frequency text NOT NULL CHECK (frequency IN ('month', 'quarter', 'halfYear', 'year')),
  due_after_days integer NOT NULL CHECK (due_after_days BETWEEN 0 AND 366),
  baseline_on date,
  baseline numeric CHECK (scale(baseline) <= 6),
  bands jsonb NOT NULL,
  disaggregation jsonb NOT NULL DEFAULT '[]',
  formula text CHECK (formula IN ('sum', 'ratio', 'percentage')),
  source text NOT NULL DEFAULT '',
  method text NOT NULL DEFAULT '',
  responsible_id uuid REFERENCES persons (id),
  created_by uuid REFERENCES persons (id),
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  retire_reason text,
  version integer NOT NULL DEFAULT 1,
  ${within('goal_id', 'goals')},
  UNIQUE (coalition_id, name),
  CHECK ((baseline_on IS NULL) = (baseline IS NULL)),
  CHECK ((retired_at IS NULL) = (retire_reason IS NULL))`;

/** A row that belongs to an indicator or to a performance measure, never to both. */
const ofOneSeries = `
  indicator_id uuid,
  measure_id uuid,
  ${within('indicator_id', 'indicators')},
  ${within('measure_id', 'performance_measures')},
  CHECK (num_nonnulls(indicator_id, measure_id) = 1)`;

/**
 * Indicators of a population and performance measures of programmes, in tables of their own; their targets, what is
 * calculated from what, and what was read: each reading stays, and is at most superseded.
 */
export class IndicatorsAndMeasures1767000005100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tenantTable('indicators', series, ['SELECT', 'INSERT', 'UPDATE']));
    await db.query(
      tenantTable(
        'performance_measures',
        `${series},
          kind text NOT NULL CHECK (kind IN ('howMuch', 'howWell', 'betterOff')),
          programme text NOT NULL CHECK (programme <> ''),
          organisation_id uuid,
          ${within('organisation_id', 'organisations')}`,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'trajectory_points',
        `${ofOneSeries},
          line text NOT NULL CHECK (line IN ('target', 'forecast')),
          on_day date NOT NULL,
          value numeric NOT NULL CHECK (scale(value) <= 6),
          UNIQUE NULLS NOT DISTINCT (indicator_id, measure_id, line, on_day)`,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'calculation_inputs',
        `${ofOneSeries},
          input_indicator_id uuid,
          input_measure_id uuid,
          part text NOT NULL CHECK (part IN ('addend', 'numerator', 'denominator')),
          position integer NOT NULL CHECK (position > 0),
          ${within('input_indicator_id', 'indicators')},
          ${within('input_measure_id', 'performance_measures')},
          -- An indicator is calculated from indicators, a performance measure from performance measures.
          CHECK ((indicator_id IS NULL) = (input_indicator_id IS NULL)),
          CHECK ((measure_id IS NULL) = (input_measure_id IS NULL)),
          UNIQUE NULLS NOT DISTINCT (indicator_id, measure_id, position)`,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'readings',
        `${ofOneSeries},
          period_key text NOT NULL,
          period_to date NOT NULL,
          dimension text NOT NULL DEFAULT '',
          category text NOT NULL DEFAULT '',
          -- Null says that what it supersedes should not have been written.
          value numeric CHECK (scale(value) <= 6),
          source text NOT NULL CHECK (source <> ''),
          method text NOT NULL DEFAULT '',
          note text NOT NULL DEFAULT '',
          supersedes_id uuid,
          via text NOT NULL CHECK (via IN ('form', 'paste', 'csv', 'api')),
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          ${within('supersedes_id', 'readings')},
          CONSTRAINT readings_superseded_once UNIQUE (supersedes_id),
          CHECK ((dimension = '') = (category = '')),
          CHECK (supersedes_id IS NULL OR note <> ''),
          CHECK (value IS NOT NULL OR supersedes_id IS NOT NULL)`,
        ['SELECT', 'INSERT'],
      ),
    );
    await this.rules(db);
  }

  private async rules(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE UNIQUE INDEX readings_one_first ON readings
        (indicator_id, measure_id, period_key, dimension, category) NULLS NOT DISTINCT WHERE supersedes_id IS NULL;
      CREATE INDEX indicators_by_goal ON indicators (goal_id);
      CREATE INDEX performance_measures_by_goal ON performance_measures (goal_id);

      CREATE FUNCTION refuse_reading() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM indicators WHERE id = NEW.indicator_id AND formula IS NOT NULL)
          OR EXISTS (SELECT 1 FROM performance_measures WHERE id = NEW.measure_id AND formula IS NOT NULL) THEN
          RAISE EXCEPTION 'It is calculated.' USING ERRCODE = 'TR020';
        END IF;
        IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM readings r WHERE r.id = NEW.supersedes_id
            AND r.indicator_id IS NOT DISTINCT FROM NEW.indicator_id AND r.measure_id IS NOT DISTINCT FROM NEW.measure_id
            AND r.period_key = NEW.period_key AND r.dimension = NEW.dimension AND r.category = NEW.category
        ) THEN
          RAISE EXCEPTION 'It supersedes a reading of something else.' USING ERRCODE = 'TR021';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER readings_are_taken BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION refuse_reading();

      -- What is calculated has no readings, and is calculated from what is read: no circle can come of it.
      CREATE FUNCTION refuse_calculation() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM indicators WHERE id = NEW.indicator_id AND formula IS NULL)
          OR EXISTS (SELECT 1 FROM performance_measures WHERE id = NEW.measure_id AND formula IS NULL)
          OR EXISTS (SELECT 1 FROM indicators WHERE id = NEW.input_indicator_id AND formula IS NOT NULL)
          OR EXISTS (SELECT 1 FROM performance_measures WHERE id = NEW.input_measure_id AND formula IS NOT NULL) THEN
          RAISE EXCEPTION 'It is calculated from what is read.' USING ERRCODE = 'TR022';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER calculation_inputs_are_read BEFORE INSERT ON calculation_inputs
        FOR EACH ROW EXECUTE FUNCTION refuse_calculation();

      CREATE FUNCTION keep_formula() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.formula IS DISTINCT FROM OLD.formula OR NEW.frequency <> OLD.frequency OR NEW.goal_id <> OLD.goal_id THEN
          RAISE EXCEPTION 'What it measures stays.' USING ERRCODE = 'TR023';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER indicators_keep_formula BEFORE UPDATE ON indicators
        FOR EACH ROW EXECUTE FUNCTION keep_formula();
      CREATE TRIGGER performance_measures_keep_formula BEFORE UPDATE ON performance_measures
        FOR EACH ROW EXECUTE FUNCTION keep_formula();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
