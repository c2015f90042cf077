import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Pools and their double-entry ledger, append-only and balanced by the database itself. */
export class Ledger1764000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'pools',
        `
          name text NOT NULL CHECK (name <> ''),
          currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
          attribution_rule text NOT NULL CHECK (attribution_rule IN ('pro_rata', 'fifo', 'earmark_first')),
          refund_policy text NOT NULL CHECK (refund_policy IN ('none', 'pro_rata')),
          reserve bigint NOT NULL DEFAULT 0 CHECK (reserve >= 0),
          confidence_basis_points integer NOT NULL DEFAULT 10000 CHECK (confidence_basis_points BETWEEN 0 AND 10000),
          fee_basis_points integer NOT NULL DEFAULT 0 CHECK (fee_basis_points BETWEEN 0 AND 10000),
          fee_host_id uuid,
          two_approvers_above bigint NOT NULL DEFAULT 0 CHECK (two_approvers_above >= 0),
          locked_through date,
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('fee_host_id', 'organisations')},
          CHECK (fee_basis_points = 0 OR fee_host_id IS NOT NULL),
          UNIQUE (coalition_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );

    // Debits are positive, credits negative. The sign of each kind's balance is a rule of the table, so
    // that no path, however concurrent, can pay out what is not there.
    await db.query(
      tenantTable(
        'accounts',
        `
          pool_id uuid NOT NULL,
          book text NOT NULL CHECK (book IN ('actual', 'commitment')),
          kind text NOT NULL,
          subject_id uuid NOT NULL,
          earmark_id uuid,
          currency text NOT NULL,
          balance bigint NOT NULL DEFAULT 0,
          ${within('pool_id', 'pools')},
          CONSTRAINT accounts_one_per_subject UNIQUE NULLS NOT DISTINCT (pool_id, book, kind, subject_id, earmark_id),
          CONSTRAINT accounts_kind_in_book CHECK (
            (book = 'actual' AND kind IN ('cash', 'fundBalance', 'feesPayable')) OR
            (book = 'commitment' AND kind IN ('pledgesReceivable', 'pledgedFunds', 'committedToGrants', 'grantsOutstanding'))
          ),
          CONSTRAINT accounts_never_overdrawn CHECK (
            CASE WHEN kind IN ('cash', 'pledgesReceivable', 'committedToGrants') THEN balance >= 0 ELSE balance <= 0 END
          )
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'journal_entries',
        `
          pool_id uuid NOT NULL,
          kind text NOT NULL CHECK (kind <> ''),
          description text NOT NULL,
          occurred_on date NOT NULL,
          recorded_at timestamptz NOT NULL,
          idempotency_key text NOT NULL,
          input_hash text NOT NULL,
          person_id uuid REFERENCES persons (id),
          job text,
          document_kind text NOT NULL,
          document_id uuid NOT NULL,
          reverses_id uuid,
          ${within('pool_id', 'pools')},
          ${within('reverses_id', 'journal_entries')},
          CHECK (person_id IS NOT NULL OR job IS NOT NULL),
          CONSTRAINT journal_entries_once UNIQUE (pool_id, idempotency_key),
          CONSTRAINT journal_entries_reversed_once UNIQUE (reverses_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(`
      CREATE INDEX journal_entries_by_pool ON journal_entries (pool_id, occurred_on, id);
      CREATE INDEX journal_entries_by_document ON journal_entries (document_id);
    `);
    await db.query(
      tenantTable(
        'postings',
        `
          entry_id uuid NOT NULL,
          account_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount <> 0),
          ${within('entry_id', 'journal_entries')},
          ${within('account_id', 'accounts')}
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(`
      CREATE INDEX postings_by_entry ON postings (entry_id);
      CREATE INDEX postings_by_account ON postings (account_id);
    `);
    await db.query(this.rules());
  }

  /** The triggers. They run as the owner, so the application can neither skip them nor touch a balance. */
  private rules(): string {
    return `
      CREATE FUNCTION refuse_locked_period() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE locked date;
      BEGIN
        SELECT locked_through INTO locked FROM pools WHERE id = NEW.pool_id;
        IF NEW.occurred_on <= locked THEN
          RAISE EXCEPTION 'The pool is locked through %.', locked USING ERRCODE = 'TR001', COLUMN = 'occurred_on';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER journal_entries_not_in_locked_period BEFORE INSERT ON journal_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_locked_period();

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: reverse the entry instead.', TG_TABLE_NAME USING ERRCODE = 'TR002';
      END $$;
      CREATE TRIGGER journal_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER postings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER accounts_kept BEFORE DELETE OR TRUNCATE ON accounts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      -- An entry is whole when its transaction ends: at least two postings, summing to zero in each book.
      CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        entry uuid := CASE TG_TABLE_NAME WHEN 'postings' THEN (to_jsonb(NEW) ->> 'entry_id')::uuid ELSE NEW.id END;
        lines bigint;
        unbalanced text;
      BEGIN
        SELECT count(*) INTO lines FROM postings WHERE entry_id = entry;
        IF lines < 2 THEN
          RAISE EXCEPTION 'Entry % has fewer than two postings.', entry USING ERRCODE = 'TR003';
        END IF;
        SELECT string_agg(book || ' ' || currency || ' ' || total, ', ') INTO unbalanced FROM (
          SELECT a.book, a.currency, sum(p.amount) AS total
          FROM postings p JOIN accounts a ON a.id = p.account_id
          WHERE p.entry_id = entry GROUP BY a.book, a.currency HAVING sum(p.amount) <> 0
        ) AS off;
        IF unbalanced IS NOT NULL THEN
          RAISE EXCEPTION 'Entry % does not balance: %.', entry, unbalanced USING ERRCODE = 'TR004';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER journal_entries_balanced AFTER INSERT ON journal_entries
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry();
      CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON postings
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry();

      -- Each account carries its balance. Locks are taken in id order, so that two entries which touch the
      -- same accounts wait for each other instead of deadlocking; and NO KEY, because the foreign keys of both
      -- entries' postings hold those accounts already, and would each wait for the other.
      CREATE FUNCTION carry_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF EXISTS (
          SELECT 1 FROM new_postings p JOIN accounts a ON a.id = p.account_id JOIN journal_entries e ON e.id = p.entry_id
          WHERE a.pool_id <> e.pool_id
        ) THEN
          RAISE EXCEPTION 'A posting names an account of another pool.' USING ERRCODE = 'TR005';
        END IF;
        -- An entry is written whole: once its transaction has ended, nothing is added to it.
        IF EXISTS (
          SELECT 1 FROM journal_entries e WHERE e.id IN (SELECT entry_id FROM new_postings)
            AND e.xmin::text::bigint <> pg_current_xact_id()::text::bigint % (2::bigint ^ 32)::bigint
        ) THEN
          RAISE EXCEPTION 'An entry takes no further postings: reverse it instead.' USING ERRCODE = 'TR002';
        END IF;
        PERFORM 1 FROM accounts WHERE id IN (SELECT account_id FROM new_postings) ORDER BY id FOR NO KEY UPDATE;
        UPDATE accounts a SET balance = a.balance + s.total
        FROM (SELECT account_id, sum(amount) AS total FROM new_postings GROUP BY account_id) s
        WHERE a.id = s.account_id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER postings_carry_balances AFTER INSERT ON postings
        REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION carry_balances();

      -- A new account starts at nothing, whatever the application says.
      CREATE FUNCTION start_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.balance := 0; RETURN NEW; END $$;
      CREATE TRIGGER accounts_start_at_zero BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION start_at_zero();
    `;
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
