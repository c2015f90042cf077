import { Injectable } from '@nestjs/common';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { formatAmount } from '../../maths/money.js';
import { BankChargesService } from '../../pools/charges/bank-charges.service.js';
import { ContributionsService } from '../../pools/contributions/contributions.service.js';
import { lockPool } from '../../pools/pool-position.js';
import { DisbursementsService } from '../disbursements.service.js';
import { readDisbursement } from '../disbursements.read.js';
import { ReturnedPaymentsService } from '../returned-payments.service.js';
import type { MatchLine, PostCharge, PostContribution } from './bank-statement.dto.js';
import { type BankLine, readLine } from './bank-statements.read.js';
import { matchOf, type NamedPayment } from './matching.rules.js';

interface Named extends NamedPayment {
  lineId: string;
  lineAmount: bigint;
  bookedOn: Day;
  isReturn: boolean;
  returnReason: string | null;
  reference: string;
  disbursementId: string;
}

@Injectable()
export class MatchingService {
  constructor(
    private readonly disbursements: DisbursementsService,
    private readonly returned: ReturnedPaymentsService,
    private readonly contributions: ContributionsService,
    private readonly charges: BankChargesService,
  ) {}

  /**
   * Does what the waiting lines of a pool say for certain: each that names a payment of ours by its EndToEndId settles
   * it, or gives it back. The rest waits, with the reason beside it. Returns how many were matched.
   */
  async matchAll(tx: Tx, poolId: string): Promise<number> {
    let matched = 0;
    for (const named of await this.named(tx, poolId)) {
      const { lineId, disbursementId, bookedOn, lineAmount, isReturn } = named;
      // Asked again: an earlier line may have settled what this one gives back.
      const payment = { ...named, ...(await readDisbursement(tx, disbursementId)) };
      const match = matchOf({ amount: lineAmount, bookedOn, isReturn }, payment);
      if ('wait' in match) {
        await tx.run(`UPDATE bank_statement_lines SET note = $2 WHERE id = $1`, [
          lineId,
          `It ${match.wait}.`,
        ]);
        continue;
      }
      await this.apply(tx, named, match.do);
      await this.decide(tx, lineId, { disbursementId });
      matched += 1;
    }
    return matched;
  }

  async countWaiting(tx: Tx, poolId: string): Promise<number> {
    const row = await tx.row<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM bank_statement_lines WHERE pool_id = $1 AND state = 'unmatched'`,
      [poolId],
    );
    return row!.waiting;
  }

  /**
   * A person says what a waiting line is. A payment is settled or given back by it, through the same door as always;
   * a contribution that is recorded already is only found again on the statement.
   * @throws stateForbids; ruleBroken naming `/id` when it is of another pool or amount
   */
  async match(tx: Tx, lineId: string, { kind, id }: MatchLine): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    if (kind === 'contribution') await this.requireContribution(tx, line, id);
    else await this.matchPayment(tx, line, id);
    await this.decide(tx, lineId, kind === 'contribution' ? { contributionId: id } : { disbursementId: id });
    return this.written(tx, line, 'bankLine.matched', { kind, id });
  }

  /**
   * Posts a waiting line as a contribution: its amount, day and reference are the line's.
   * @throws stateForbids for money that went out; as recording a contribution does
   */
  async postContribution(tx: Tx, lineId: string, command: PostContribution): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    if (line.amount < 0n) throw new DomainError('stateForbids', 'This line is money that went out.');
    const { id } = await this.contributions.receive(tx, line.poolId, {
      ...command,
      amount: formatAmount(line.amount, line.currency),
      receivedOn: line.bookedOn,
      bankReference: line.reference,
    });
    await this.decide(tx, lineId, { contributionId: id });
    return this.written(tx, line, 'bankLine.matched', { kind: 'contribution', id });
  }

  /**
   * Posts a waiting line as what the bank took for its services.
   * @throws stateForbids for money that came; as recording a charge does
   */
  async postCharge(tx: Tx, lineId: string, { note }: PostCharge): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    if (line.amount > 0n) throw new DomainError('stateForbids', 'This line is money that came in.');
    const { id } = await this.charges.take(tx, line.poolId, {
      amount: formatAmount(-line.amount, line.currency),
      takenOn: line.bookedOn,
      bankReference: line.reference,
      note: note ?? line.remittance,
    });
    await this.decide(tx, lineId, { bankChargeId: id });
    return this.written(tx, line, 'bankLine.matched', { kind: 'bankCharge', id });
  }

  /** Nothing is to be posted for this line: a person says why. */
  async setAside(tx: Tx, lineId: string, reason: string): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    await tx.run(
      `UPDATE bank_statement_lines SET state = 'setAside', note = $2, decided_by = $3, decided_at = $4 WHERE id = $1`,
      [lineId, reason, tx.actor.personId ?? null, tx.now],
    );
    return this.written(tx, line, 'bankLine.setAside', { reason });
  }

  /**
   * Puts a line back into the queue that was set aside, or found to be a contribution or a charge. What it posted is not undone
   * here: a payment is given back, an entry reversed.
   * @throws stateForbids
   */
  async reopen(tx: Tx, lineId: string): Promise<BankLine> {
    const { poolId } = await readLine(tx, lineId);
    await lockPool(tx, poolId);
    const line = await readLine(tx, lineId);
    if (line.state === 'unmatched') throw new DomainError('stateForbids', 'The line waits already.');
    if (line.disbursementId !== null) {
      const sentence =
        'The line settled a payment, or gave it back: that stands in the ledger. Reverse it there.';
      throw new DomainError('stateForbids', sentence);
    }
    await tx.run(
      `UPDATE bank_statement_lines SET state = 'unmatched', contribution_id = NULL, bank_charge_id = NULL, note = NULL, decided_by = NULL,
         decided_at = NULL WHERE id = $1`,
      [lineId],
    );
    return this.written(tx, line, 'bankLine.reopened', {});
  }

  private async lockWaiting(tx: Tx, lineId: string): Promise<BankLine> {
    const { poolId } = await readLine(tx, lineId);
    await lockPool(tx, poolId);
    const line = await readLine(tx, lineId);
    if (line.state !== 'unmatched') {
      const was = line.state === 'matched' ? 'matched' : 'set aside';
      throw new DomainError('stateForbids', `The line was ${was} already. Put it back into the queue first.`);
    }
    return line;
  }

  private async requireContribution(tx: Tx, line: BankLine, id: string): Promise<void> {
    const found = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM contributions WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, line.poolId],
    );
    if (!found) throw fieldError('ruleBroken', '/id', 'Choose a contribution of this pool.');
    if (found.amount !== line.amount)
      throw fieldError('ruleBroken', '/id', 'The contribution is of another amount than the line.');
    const taken = await tx.row(`SELECT 1 FROM bank_statement_lines WHERE contribution_id = $1`, [id]);
    if (taken) throw fieldError('ruleBroken', '/id', 'Another line was found to be this contribution.');
  }

  private async matchPayment(tx: Tx, line: BankLine, id: string): Promise<void> {
    const row = await tx.row<Omit<NamedPayment, 'lockedThrough'> & { lockedThrough: Day | null }>(
      `SELECT d.state, d.amount, d.paid_on AS "paidOn", p.locked_through AS "lockedThrough"
       FROM disbursements d JOIN pools p ON p.id = d.pool_id WHERE d.id = $1 AND d.pool_id = $2`,
      [id, line.poolId],
    );
    if (!row) throw fieldError('ruleBroken', '/id', 'Choose a payment of this pool.');
    const match = matchOf(line, row);
    if ('wait' in match) throw fieldError('ruleBroken', '/id', `The line ${match.wait}.`);
    await this.apply(tx, { ...line, disbursementId: id }, match.do);
  }

  private async apply(
    tx: Tx,
    line: { disbursementId: string; reference: string; bookedOn: Day; returnReason: string | null },
    what: 'settle' | 'return',
  ): Promise<void> {
    if (what === 'settle')
      await this.disbursements.settle(tx, line.disbursementId, {
        bankReference: line.reference,
        paidOn: line.bookedOn,
      });
    else {
      const reason = line.returnReason ?? `sent back by the bank (${line.reference})`;
      await this.returned.giveBack(tx, line.disbursementId, { returnedOn: line.bookedOn, reason });
    }
  }

  private async decide(
    tx: Tx,
    lineId: string,
    {
      disbursementId = null,
      contributionId = null,
      bankChargeId = null,
    }: { disbursementId?: string | null; contributionId?: string | null; bankChargeId?: string | null },
  ): Promise<void> {
    await tx.run(
      `UPDATE bank_statement_lines SET state = 'matched', note = NULL, disbursement_id = $2, contribution_id = $3,
         bank_charge_id = $6, decided_by = $4, decided_at = $5 WHERE id = $1`,
      [lineId, disbursementId, contributionId, tx.actor.personId ?? null, tx.now, bankChargeId],
    );
  }

  /** Waiting lines that name a payment of the pool, in the order of the bank’s days; what went before what came back. */
  private named(tx: Tx, poolId: string): Promise<Named[]> {
    return tx.rows<Named>(
      `SELECT l.id AS "lineId", l.amount AS "lineAmount", l.booked_on AS "bookedOn", l.is_return AS "isReturn",
         l.return_reason AS "returnReason", l.reference, d.id AS "disbursementId", d.state, d.amount,
         d.paid_on AS "paidOn", p.locked_through AS "lockedThrough"
       FROM bank_statement_lines l JOIN pools p ON p.id = l.pool_id
       JOIN disbursements d ON d.pool_id = l.pool_id AND upper(replace(d.id::text, '-', '')) = upper(l.end_to_end_id)
       WHERE l.pool_id = $1 AND l.state = 'unmatched' ORDER BY l.booked_on, l.amount > 0, l.id`,
      [poolId],
    );
  }

  private async written(tx: Tx, before: BankLine, action: string, after: object): Promise<BankLine> {
    await audit(tx, {
      coalitionId: before.coalitionId,
      action,
      subject: { kind: 'bankLine', id: before.id },
      before: { state: before.state, note: before.note },
      after,
    });
    return readLine(tx, before.id);
  }
}
