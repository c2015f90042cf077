import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { LedgerService } from '../../../ledger/ledger.service.js';
import { formatMoney } from '../../../maths/money.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { canonical } from '../../../platform/http/once.js';
import { type ApprovalHandler, CarriesOut } from '../../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../../pools/approvals/approvals.service.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, lockBond, readBond } from '../../contracts/bonds.read.js';
import { requirePastDay } from '../../reversing.js';
import { kept } from '../distributions/kept-working.js';
import type { CallGuarantee } from '../drawdowns/drawdown.dto.js';
import type { DrawdownCall } from '../drawdowns/drawdowns.read.js';
import { DrawdownsService } from '../drawdowns/drawdowns.service.js';
import { type ClosingItem, closingChecklist, openOf } from './closing-checklist.js';
import type { AskClosing } from './closing.dto.js';
import { bondClosed } from './closing.entries.js';
import type { ClosingFigures } from './closing.rules.js';
import { type BondClosing, closingFigures, lastClosing, lastMoveOf, readClosing } from './closings.read.js';
import { type GuaranteeOwed, guaranteeOwed } from './guarantee.js';

/** Where a bond stands on its way to its end. */
export interface ClosingView {
  bond: Bond;
  items: ClosingItem[];
  figures: ClosingFigures;
  guarantee: GuaranteeOwed | null;
  /** The newest one that was asked for. */
  last: BondClosing | undefined;
}

/** Ends a bond: nothing may be open, others agree, and every account of it is emptied. */
@Injectable()
@CarriesOut('bondClosing')
export class ClosingService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
    private readonly drawdowns: DrawdownsService,
  ) {}

  /** What is still open, and how the bond would end, were it closed today. */
  async view(tx: Tx, bondId: string): Promise<ClosingView> {
    const bond = await readBond(tx, bondId);
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    return {
      bond,
      items: bond.state === 'active' ? await closingChecklist(tx, bond, today) : [],
      figures: await closingFigures(tx, bond),
      guarantee: await guaranteeOwed(tx, bond),
      last: await lastClosing(tx, bondId),
    };
  }

  /**
   * Calls from the guarantor its share of the capital that the bond cannot return, once all else is over.
   * @throws stateForbids while anything else is open; ruleBroken where there is no guarantor, or nothing is owed
   */
  async callGuarantee(tx: Tx, bondId: string, { dueOn }: CallGuarantee): Promise<DrawdownCall> {
    const { bond, pool } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'close');
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    const items = (await closingChecklist(tx, bond, today)).filter(({ key }) => key !== 'guarantee');
    requireNothingOpen(items, 'The guarantor is called when all else is over.');
    const found = await guaranteeOwed(tx, bond);
    if (found === null) throw new DomainError('ruleBroken', 'This contract has no guarantor.');
    const { partyId, open, share, shortfall, owed } = found;
    if (open === 0n) throw new DomainError('ruleBroken', 'The guarantor owes nothing that is not called.');
    const money = (minor: bigint) => formatMoney(minor, bond.currency, 'en-GB');
    return this.drawdowns.open(tx, bond, pool, {
      ...{ partyId, dueOn, kind: 'guarantee', amount: open },
      reason: `${money(shortfall)} of capital was not returned`,
      working: kept({ share, shortfall, owed }, bond.currency),
    });
  }

  /**
   * Asks to close a bond on a day. Refused while anything is open, saying what.
   * @throws stateForbids; ruleBroken or periodLocked naming the day
   */
  async ask(tx: Tx, bondId: string, { closedOn, reason }: AskClosing): Promise<BondClosing> {
    const { bond, pool } = await lockBond(tx, bondId);
    await this.requireClosable(tx, bond, closedOn);
    await requirePastDay(tx, pool, closedOn, '/closedOn');
    const figures = await closingFigures(tx, bond);
    const working = kept(figures, bond.currency);
    const id = newId();
    const { surplus, lost } = figures;
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: bond.coalitionId,
      poolId: pool.id,
      subject: { kind: 'bondClosing', id },
      summary: `Close the bond ${bond.reference}${lost > 0n ? `, losing ${formatMoney(lost, bond.currency, 'en-GB')} of capital` : ''}`,
      content: closingContent(bond, working, closedOn, reason),
      required: signaturesRequired(surplus > lost ? surplus : lost, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO bond_closings (id, coalition_id, bond_id, pool_id, closed_on, reason, surplus, lost, currency, working,
         state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, 'proposed', $11, $12, $13)`,
      [
        ...[id, bond.coalitionId, bondId, pool.id, closedOn, reason, surplus, lost, bond.currency],
        ...[JSON.stringify(working), approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    const closing = await readClosing(tx, id);
    await this.write(tx, bond, 'bond.closingProposed', { after: closing, reason });
    return closing;
  }

  /**
   * Enough have signed: the accounts are emptied, and the bond is closed.
   * @throws stateForbids when something is open again; staleVersion when it would end otherwise than was approved
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const before = await readClosing(tx, approval.subjectId);
    const { bond, pool } = await lockBond(tx, before.bondId);
    await this.requireClosable(tx, bond, before.closedOn);
    await requirePastDay(tx, pool, before.closedOn, '/closedOn');
    const figures = await closingFigures(tx, bond);
    if (canonical(kept(figures, bond.currency)) !== canonical(before.working)) {
      const sentence = 'Since this was asked for, money of the bond has moved. Ask for it again.';
      throw new DomainError('staleVersion', sentence);
    }
    const { id, closedOn } = before;
    const entry = bondClosed(pool, {
      closingId: id,
      bondId: bond.id,
      reference: bond.reference,
      closedOn,
      figures,
    });
    const entryId = entry.legs.length === 0 ? null : await this.ledger.postOne(tx, entry);
    await tx.run(`UPDATE bond_closings SET state = 'closed', entry_id = $2 WHERE id = $1`, [id, entryId]);
    await tx.run(`UPDATE bonds SET state = 'closed', closed_on = $2, version = version + 1 WHERE id = $1`, [
      bond.id,
      closedOn,
    ]);
    await this.write(tx, bond, 'bond.closed', {
      before: { state: bond.state },
      after: { state: 'closed', closedOn, figures },
      reason: before.reason,
    });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const closing = await readClosing(tx, approval.subjectId);
    const { bond } = await lockBond(tx, closing.bondId);
    await tx.run(`UPDATE bond_closings SET state = 'rejected' WHERE id = $1 AND state = 'proposed'`, [
      closing.id,
    ]);
    await this.write(tx, bond, 'bond.closingRejected', { reason });
  }

  private async requireClosable(tx: Tx, bond: Bond, closedOn: string): Promise<void> {
    requireBondStep(bond.state, 'close');
    const lastOn = await lastMoveOf(tx, bond.id);
    if (lastOn !== null && closedOn < lastOn) {
      const sentence = `Money of the bond moved on ${lastOn}. It is closed on that day or later.`;
      throw fieldError('ruleBroken', '/closedOn', sentence);
    }
    requireNothingOpen(await closingChecklist(tx, bond, closedOn), 'The bond cannot be closed yet.');
  }

  private write(
    tx: Tx,
    { id, coalitionId }: Bond,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'bond', id }, ...change });
  }
}

/** @throws stateForbids saying all that is open */
function requireNothingOpen(items: readonly ClosingItem[], sentence: string): void {
  const open = openOf(items);
  if (open.length > 0) throw new DomainError('stateForbids', [sentence, ...open].join(' '));
}

/** Exactly what is approved: what becomes of every account. */
const closingContent = (
  bond: Bond,
  { proceeds, cost, income, lost, surplus, investors, shares }: BondClosing['working'],
  closedOn: string,
  reason: string,
): Record<string, unknown> => ({
  bondId: bond.id,
  bond: `${bond.reference} ${bond.title}`,
  currency: bond.currency,
  ...{ closedOn, reason, proceeds },
  programmeCost: cost,
  paidBeyondCapital: income,
  capitalLost: lost,
  surplus,
  investors: investors.map(({ partyId, investor, capital, income: beyond }) => ({
    ...{ partyId, investor, capitalLost: capital, beyondCapital: beyond },
  })),
  surplusGoesTo: shares.map(({ organisationId, name, amount }) => ({ organisationId, funder: name, amount })),
});
