import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/**
 * What a line of the bank was found to be: one document, or several whose amounts make up the line. A part names its
 * document by kind and id; a generated column for each kind keeps the foreign key, inside the coalition. A later kind
 * adds its word to the CHECK, and its column.
 */
export class BankLineParts1767000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const kinds: [kind: string, column: string, table: string][] = [
      ['disbursement', 'disbursement_id', 'disbursements'],
      ['contribution', 'contribution_id', 'contributions'],
      ['bankCharge', 'bank_charge_id', 'bank_charges'],
      ['refund', 'refund_id', 'refunds'],
      ['feePayment', 'fee_payment_id', 'fee_payments'],
      ['grantReturn', 'grant_return_id', 'grant_returns'],
    ];
    const columnOf = ([kind, column, table]: (typeof kinds)[number]) => `
      ${column} uuid GENERATED ALWAYS AS (CASE kind WHEN '${kind}' THEN subject_id END) STORED,
      ${within(column, table)}`;
    await db.query(
      tenantTable(
        'bank_line_parts',
        `
          line_id uuid NOT NULL,
          number int NOT NULL CHECK (number BETWEEN 1 AND 100),
          kind text NOT NULL,
          subject_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount <> 0),
          posted boolean NOT NULL,
          ${kinds.map(columnOf).join(',')},
          ${within('line_id', 'bank_statement_lines')},
          CONSTRAINT bank_line_parts_kind CHECK (kind IN (${kinds.map(([kind]) => `'${kind}'`).join(', ')})),
          CONSTRAINT bank_line_parts_direction CHECK (CASE
            WHEN kind IN ('contribution', 'grantReturn') THEN amount > 0
            WHEN kind IN ('bankCharge', 'refund', 'feePayment') THEN amount < 0
            ELSE true END),
          CONSTRAINT bank_line_parts_numbered UNIQUE (line_id, number)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(`
      -- A document is on the statement once; a payment leaves the account once, and comes back once at most.
      CREATE UNIQUE INDEX bank_line_parts_once ON bank_line_parts (kind, subject_id, (amount > 0));
    `);
    await this.moveOver(db);
    await this.holdTrue(db);
  }

  /** What lines were matched to before, each of them whole. A payment that a line made was posted by it. */
  private async moveOver(db: QueryRunner): Promise<void> {
    await db.query(`
      INSERT INTO bank_line_parts (coalition_id, line_id, number, kind, subject_id, amount, posted)
      SELECT coalition_id, id, 1,
        CASE WHEN disbursement_id IS NOT NULL THEN 'disbursement' WHEN contribution_id IS NOT NULL THEN 'contribution'
          ELSE 'bankCharge' END,
        coalesce(disbursement_id, contribution_id, bank_charge_id), amount, disbursement_id IS NOT NULL
      FROM bank_statement_lines WHERE state = 'matched';
      ALTER TABLE bank_statement_lines
        DROP CONSTRAINT bank_statement_lines_matched,
        DROP COLUMN disbursement_id, DROP COLUMN contribution_id, DROP COLUMN bank_charge_id;
    `);
  }

  private async holdTrue(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION check_bank_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        checked uuid;
        line bank_statement_lines;
        total bigint;
      BEGIN
        IF TG_TABLE_NAME = 'bank_statement_lines' THEN checked := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN checked := OLD.line_id;
        ELSE checked := NEW.line_id;
        END IF;
        SELECT * INTO line FROM bank_statement_lines WHERE id = checked;
        SELECT sum(amount) INTO total FROM bank_line_parts WHERE line_id = checked;
        IF total IS DISTINCT FROM (CASE line.state WHEN 'matched' THEN line.amount END) THEN
          RAISE EXCEPTION 'Line % of the bank is %, of %, and its parts come to %.', checked, line.state, line.amount, total
            USING ERRCODE = 'TR030';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER bank_line_parts_whole AFTER INSERT OR DELETE ON bank_line_parts
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_line();
      CREATE CONSTRAINT TRIGGER bank_statement_lines_whole AFTER UPDATE OF state, amount ON bank_statement_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_line();
      -- A statement brings tens of thousands of lines that wait: those have nothing to be checked.
      CREATE CONSTRAINT TRIGGER bank_statement_lines_matched_whole AFTER INSERT ON bank_statement_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'matched') EXECUTE FUNCTION check_bank_line();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
