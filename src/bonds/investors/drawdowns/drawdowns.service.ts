import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { LedgerService } from '../../../ledger/ledger.service.js';
import type { Day } from '../../../maths/day.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import type { LockedPool } from '../../../pools/pool-position.js';
import { amountOf } from '../../../pools/pools.service.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, lockBond } from '../../contracts/bonds.read.js';
import { requirePastDay, requireReversible } from '../../reversing.js';
import { callOffReminders, planReminders } from '../../reminders/plan-reminders.js';
import { requireBondCovered } from '../bond-till.js';
import { investorStandings } from '../investor-flows.read.js';
import type { CallDrawdown, RecordDrawdown, ReverseDrawdown } from './drawdown.dto.js';
import { drawdownReceived } from './drawdown.entries.js';
import {
  type CallKind,
  requireAfterDistributions,
  requireCommitted,
  requireReceivableOfCall,
} from './drawdown.rules.js';
import {
  type DrawdownCall,
  type DrawdownReceipt,
  lastPaidAsOf,
  readCall,
  readDrawdownReceipt,
} from './drawdowns.read.js';

/** What somebody is to be asked for. Minor units. */
export interface CallToOpen {
  partyId: string;
  kind: CallKind;
  amount: bigint;
  dueOn: Day;
  reason: string;
  /** By what the amount was worked out; null where it was chosen. */
  working: object | null;
}

/** What investors and the guarantor of a bond are asked for, and what comes of it. */
@Injectable()
export class DrawdownsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Calls capital from an investor.
   * @throws stateForbids; ruleBroken naming the field: more than it committed, or due before today
   */
  async call(tx: Tx, bondId: string, command: CallDrawdown): Promise<DrawdownCall> {
    const { bond, pool } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'drawDown');
    const investor = (await investorStandings(tx, bond)).find(({ partyId }) => partyId === command.partyId);
    if (!investor) throw fieldError('ruleBroken', '/partyId', 'Choose an investor of this bond.');
    const amount = amountOf(command.amount, bond.currency, '/amount')!;
    requireCommitted({ ...investor, currency: bond.currency }, amount);
    const { partyId, dueOn, reason } = command;
    return this.open(tx, bond, pool, { partyId, amount, dueOn, reason, kind: 'drawdown', working: null });
  }

  /** Asks a party for what was worked out, and reminds it. Whoever calls holds the bond. @throws ruleBroken naming `/dueOn` */
  async open(tx: Tx, bond: Bond, pool: LockedPool, call: CallToOpen): Promise<DrawdownCall> {
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    if (call.dueOn < today) throw fieldError('ruleBroken', '/dueOn', 'It is due today or later.');
    const id = newId();
    await tx.run(
      `INSERT INTO drawdown_calls (id, coalition_id, bond_id, pool_id, party_id, number, kind, amount, currency, called_on,
         due_on, reason, working, called_by, called_at)
       SELECT $1, $2, $3, $4, $5, coalesce(max(number), 0) + 1, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14
       FROM drawdown_calls WHERE bond_id = $3`,
      [
        ...[
          id,
          bond.coalitionId,
          bond.id,
          pool.id,
          call.partyId,
          call.kind,
          call.amount,
          bond.currency,
          today,
        ],
        ...[call.dueOn, call.reason, call.working && JSON.stringify(call.working)],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    await planReminders(tx, bond.coalitionId, 'drawdownCall', [id]);
    const made = await readCall(tx, id);
    await this.write(tx, made, 'drawdownCall.made', { after: made });
    return made;
  }

  /**
   * Nothing more is expected of a call; what came of it stays.
   * @throws stateForbids once it has come whole
   */
  async cancel(tx: Tx, callId: string, reason: string): Promise<DrawdownCall> {
    const { call: before } = await this.lock(tx, callId);
    if (before.state === 'received' || before.state === 'cancelled') {
      const sentence = `The call is ${before.state}. Only what has not come whole is cancelled.`;
      throw new DomainError('stateForbids', sentence);
    }
    await tx.run(
      `UPDATE drawdown_calls SET cancelled_by = $2, cancelled_at = $3, cancel_reason = $4 WHERE id = $1`,
      [callId, tx.actor.personId ?? null, tx.now, reason],
    );
    await callOffReminders(tx, 'drawdownCall', callId, 'the call is cancelled');
    const after = await readCall(tx, callId);
    await this.write(tx, after, 'drawdownCall.cancelled', { before, after, reason });
    return after;
  }

  /**
   * Records what came of a call, whole or in part, late or not.
   * @throws stateForbids; ruleBroken or periodLocked naming the field; alreadyExists for a bank reference that is
   *   recorded for it
   */
  async receive(tx: Tx, callId: string, command: RecordDrawdown): Promise<DrawdownReceipt> {
    const { pool, call } = await this.lock(tx, callId);
    const amount = amountOf(command.amount, call.currency, '/amount')!;
    requireReceivableOfCall(call, amount);
    await requirePastDay(tx, pool, command.receivedOn, '/receivedOn');
    await this.requireStillCounted(tx, call, command.receivedOn, '/receivedOn');
    const id = newId();
    const { bankReference, receivedOn } = command;
    const { kind, bondId, partyId, reference } = call;
    const entryId = await this.ledger.postOne(
      tx,
      drawdownReceived(pool, {
        ...{ receiptId: id, callId, kind, bondId, partyId, reference, amount, bankReference, receivedOn },
      }),
    );
    await tx.run(
      `INSERT INTO drawdown_receipts (id, coalition_id, call_id, pool_id, amount, currency, received_on, bank_reference,
         entry_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, call.coalitionId, callId, pool.id, amount, call.currency, receivedOn, bankReference],
        ...[entryId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await tx.run(`UPDATE drawdown_calls SET received = received + $2 WHERE id = $1`, [callId, amount]);
    if (call.received + amount === call.amount)
      await callOffReminders(tx, 'drawdownCall', callId, 'it has been paid');
    const receipt = await readDrawdownReceipt(tx, id);
    await this.write(tx, call, 'drawdownCall.received', { after: receipt });
    return receipt;
  }

  /**
   * Takes back a receipt that was recorded by mistake, once, with a reason, and by somebody else than who recorded it:
   * what it brought is open again. Refused where the bond has spent or promised the money.
   * @throws makerIsChecker, stateForbids, insufficientFunds; ruleBroken or periodLocked naming the date
   */
  async reverse(tx: Tx, receiptId: string, command: ReverseDrawdown): Promise<DrawdownReceipt> {
    const before = await readDrawdownReceipt(tx, receiptId);
    const { pool, call } = await this.lock(tx, before.callId);
    const recorded = await tx.row<{ recordedBy: string | null; reversedAt: Date | null }>(
      `SELECT recorded_by AS "recordedBy", reversed_at AS "reversedAt" FROM drawdown_receipts WHERE id = $1 FOR UPDATE`,
      [receiptId],
    );
    const { occurredOn, reason } = command;
    await requireReversible(tx, pool, 'receipt', { ...recorded!, on: before.receivedOn }, occurredOn);
    await this.requireStillCounted(tx, call, before.receivedOn, '/occurredOn');
    await this.ledger.reverse(tx, before.entryId, reason, occurredOn);
    await tx.run(
      `UPDATE drawdown_receipts SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [receiptId, tx.actor.personId ?? null, tx.now, reason],
    );
    await tx.run(`UPDATE drawdown_calls SET received = received - $2 WHERE id = $1`, [
      call.id,
      before.amount,
    ]);
    await requireBondCovered(tx, call.bondId);
    await planReminders(tx, call.coalitionId, 'drawdownCall', [call.id]);
    const after = await readDrawdownReceipt(tx, receiptId);
    await this.write(tx, call, 'drawdownCall.receiptReversed', { before, after, reason });
    return after;
  }

  /** Capital that distributions were worked out by stays as it was. */
  private async requireStillCounted(
    tx: Tx,
    { kind, bondId }: DrawdownCall,
    on: Day,
    pointer: string,
  ): Promise<void> {
    if (kind === 'drawdown') requireAfterDistributions(await lastPaidAsOf(tx, bondId), on, pointer);
  }

  /** The pool's lock first, then the bond's: whoever decides over its money holds both. */
  private async lock(tx: Tx, callId: string): Promise<{ pool: LockedPool; call: DrawdownCall }> {
    const { bondId } = await readCall(tx, callId);
    const { pool } = await lockBond(tx, bondId);
    return { pool, call: await readCall(tx, callId) };
  }

  private write(
    tx: Tx,
    { id, coalitionId }: DrawdownCall,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'drawdownCall', id }, ...change });
  }
}
