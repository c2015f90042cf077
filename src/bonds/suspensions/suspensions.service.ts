import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { startOfDayInstant } from '../../maths/day.js';
import { formatAmount, formatMoney, sum } from '../../maths/money.js';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { planOccurrences } from '../../platform/queue/occurrences.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { amountOf } from '../../pools/pools.service.js';
import { claimPeriods } from '../claims/claim.rules.js';
import { requireBondStep } from '../contracts/bond.rules.js';
import { lockBond, partiesOf, signedTerms } from '../contracts/bonds.read.js';
import type { AskSuspension } from './suspension.dto.js';
import { requireSuspendable } from './suspension.rules.js';
import { readSuspension, substitutesOf, suspendedWindows, type Suspension } from './suspensions.read.js';

/** Windows in which a bond pays by a schedule: asked for by one, approved by others. */
@Injectable()
@CarriesOut('bondSuspension')
export class SuspensionsService implements ApprovalHandler {
  constructor(private readonly approvals: ApprovalsService) {}

  /** Asks for a window with its schedule. @throws stateForbids; ruleBroken naming the field */
  async ask(tx: Tx, bondId: string, command: AskSuspension): Promise<Suspension> {
    const { bond, pool } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'suspend');
    const { terms } = await signedTerms(tx, bondId);
    requireSuspendable(command, terms, claimPeriods(terms), await suspendedWindows(tx, bondId));
    const instalments = command.instalments.map(({ dueOn, amount }, index) => {
      const minor = amountOf(amount, bond.currency, `/instalments/${index}/amount`)!;
      if (minor > 0n) return { id: newId(), number: index + 1, dueOn, amount: minor };
      const sentence = 'An instalment is more than nothing.';
      throw fieldError('ruleBroken', `/instalments/${index}/amount`, sentence);
    });
    const total = sum(instalments.map(({ amount }) => amount));
    const names = new Map(
      (await partiesOf(tx, bondId)).map(({ organisationId, name }) => [organisationId, name]),
    );
    const id = newId();
    const { fromOn, toOn, reason, payers } = command;
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: bond.coalitionId,
      poolId: bond.poolId,
      subject: { kind: 'bondSuspension', id },
      summary: `Suspend the outcome payments of ${bond.reference} from ${fromOn} to ${toOn}, for ${formatMoney(total, bond.currency, 'en-GB')} by a schedule`,
      content: {
        bond: bond.reference,
        from: fromOn,
        to: toOn,
        reason,
        payers: payers.map(({ organisationId, weight }) => ({
          payer: names.get(organisationId) ?? organisationId,
          weight,
        })),
        instalments: instalments.map(({ dueOn, amount }) => ({
          dueOn,
          amount: formatAmount(amount, bond.currency),
        })),
        currency: bond.currency,
      },
      required: signaturesRequired(total, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO bond_suspensions (id, coalition_id, bond_id, pool_id, from_on, to_on, reason, payers, approval_id,
         asked_by, asked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, bond.coalitionId, bondId, bond.poolId, fromOn, toOn, reason, JSON.stringify(payers)],
        ...[approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await tx.run(
      `INSERT INTO substitute_payments (id, coalition_id, suspension_id, number, due_on, amount)
       SELECT id, $1, $2, number, due_on, amount
       FROM jsonb_to_recordset($3::jsonb) AS i (id uuid, number int, due_on date, amount bigint)`,
      [
        bond.coalitionId,
        id,
        JSON.stringify(
          instalments.map(({ amount, dueOn, ...one }) => ({
            ...one,
            due_on: dueOn,
            amount: amount.toString(),
          })),
        ),
      ],
    );
    const suspension = await readSuspension(tx, id);
    await this.write(tx, suspension, 'bond.suspensionAsked', { after: { fromOn, toOn, total }, reason });
    return suspension;
  }

  /** Enough have signed: the window holds, and its instalments come due. @throws ruleBroken where another holds now */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const { bondId } = await readSuspension(tx, approval.subjectId);
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'suspend');
    const suspension = await readSuspension(tx, approval.subjectId);
    const instalments = await substitutesOf(tx, suspension.id);
    const { terms } = await signedTerms(tx, bondId);
    const others = await suspendedWindows(tx, bondId);
    requireSuspendable({ ...suspension, instalments }, terms, claimPeriods(terms), others);
    await this.decide(tx, suspension.id, 'approved');
    const { timeZone } = await coalitionCalendar(tx, bond.coalitionId);
    await planOccurrences(
      tx,
      instalments.map(({ id, dueOn }) => ({
        coalitionId: bond.coalitionId,
        kind: 'substitute.due' as const,
        subjectId: id,
        periodKey: 'due',
        channel: 'ledger' as const,
        dueAt: startOfDayInstant(dueOn, timeZone),
      })),
    );
    await this.write(tx, suspension, 'bond.suspended', { reason: suspension.reason });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const suspension = await readSuspension(tx, approval.subjectId);
    await this.decide(tx, suspension.id, 'rejected');
    await this.write(tx, suspension, 'bond.suspensionRejected', { reason });
  }

  private async decide(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(
      `UPDATE bond_suspensions SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'asked'`,
      [id, state, tx.actor.personId ?? null, tx.now],
    );
  }

  private write(
    tx: Tx,
    { bondId, coalitionId }: Suspension,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'bond', id: bondId }, ...change });
  }
}
