import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { type CoalitionCalendar, coalitionCalendar } from '../../coalitions/coalition.js';
import { DecisionKeys } from '../../decisions/decision-keys.service.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { adjust, holidayCalendar } from '../../maths/business-day.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { tell } from '../../platform/outbox/outbox.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import {
  type LockedPool,
  lockPool,
  poolPosition,
  requireOpenPeriod,
  requireCovered,
} from '../../pools/pool-position.js';
import { requireStep } from '../grant.rules.js';
import { conditionsOfGrant } from '../conditions/conditions.read.js';
import { type GrantRow, readGrant } from '../grants.read.js';
import { readAmendment } from './amendment-input.js';
import type { AskAmendment } from './amendment.dto.js';
import { grantAmended } from './amendment.entries.js';
import { type GrantTerms, isSamePlan, type Replay, replay } from './amendment.rules.js';
import { contentOf, summaryOf } from './amendment-words.js';
import { amendmentAskedFor, type GrantVersion, readTerms, readVersion } from './amendments.read.js';
import { keep } from './kept-plan.js';
import { replaceInstalments } from './replace-instalments.js';

/** What an amendment would come to, before anybody is asked. */
export interface WorkedOut {
  grant: GrantRow;
  terms: GrantTerms;
  result: Replay;
}

@Injectable()
@CarriesOut('amendment')
export class AmendmentsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
    private readonly keys: DecisionKeys,
  ) {}

  /**
   * Works an amendment out and writes nothing.
   * @throws stateForbids, ruleBroken naming the field; insufficientFunds, saying by how much
   */
  async preview(tx: Tx, grantId: string, command: AskAmendment): Promise<WorkedOut> {
    const { pool, grant } = await this.lock(tx, grantId);
    return this.workOut(tx, pool, grant, command);
  }

  /**
   * Asks for an amendment: the maker's part. Somebody else approves it; nothing changes until then.
   * @throws as `preview`; stateForbids while another is asked for
   */
  async ask(tx: Tx, grantId: string, command: AskAmendment): Promise<GrantVersion> {
    const { pool, grant } = await this.lock(tx, grantId);
    await this.refuseSecond(tx, grantId);
    const { terms, result } = await this.workOut(tx, pool, grant, command);
    const decision = await this.keys.check(tx, doorOf(grant), command.decisionId);
    const id = newId();
    const difference = result.award - terms.award;
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: grant.coalitionId,
      poolId: pool.id,
      subject: { kind: 'amendment', id },
      summary: summaryOf(grant, command.kind, result),
      content: { ...contentOf(grant, terms, result, command), ...(decision !== null && { decision }) },
      required: signaturesRequired(difference < 0n ? -difference : difference, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO grant_versions (id, coalition_id, grant_id, pool_id, kind, reason, currency, award_before, award_after,
         end_on_before, end_on_after, plan_before, plan_after, approval_id, asked_by, asked_at, decision_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        id,
        grant.coalitionId,
        grantId,
        pool.id,
        command.kind,
        command.reason,
        grant.currency,
        terms.award,
        result.award,
        terms.endOn,
        result.endOn,
        JSON.stringify(keep(terms.lines)),
        JSON.stringify(keep(result.lines)),
        approvalId,
        tx.actor.personId ?? null,
        tx.now,
        command.decisionId ?? null,
      ],
    );
    await this.write(tx, grant, 'grant.amendmentAsked', {
      after: { kind: command.kind, approvalId, award: result.award, endOn: result.endOn },
      reason: command.reason,
    });
    return readVersion(tx, id);
  }

  /**
   * Enough have signed: the unpaid plan is replaced, the difference is committed or freed, and the term moves.
   * @throws staleVersion when what is unpaid is not what it was; insufficientFunds, periodLocked, stateForbids
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const version = await readVersion(tx, approval.subjectId);
    const { pool, grant } = await this.lock(tx, version.grantId);
    requireStep(grant.state, 'amend');
    const calendar = await coalitionCalendar(tx, grant.coalitionId);
    const terms = await readTerms(tx, grant);
    requireSame(version, terms);
    await this.keys.use(tx, doorOf(grant), version.decisionId);
    const difference = version.awardAfter - version.awardBefore;
    await this.requireAvailable(tx, pool, difference);
    const number = await this.nextNumber(tx, grant.id);
    await replaceInstalments(tx, grant, calendar, version);
    await tx.run(`UPDATE grants SET amount = $2, end_on = $3, version = version + 1 WHERE id = $1`, [
      grant.id,
      version.awardAfter,
      version.endOnAfter,
    ]);
    const entryId = await this.post(tx, pool, grant, calendar, { id: version.id, number, difference });
    await tx.run(
      `UPDATE grant_versions SET state = 'approved', number = $2, decided_by = $3, decided_at = $4, entry_id = $5,
         version = version + 1 WHERE id = $1`,
      [version.id, number, tx.actor.personId ?? null, tx.now, entryId],
    );
    if (difference >= 0n) await requireCovered(tx, pool.id);
    await tell(tx, grant.coalitionId, 'grant.amended', { grantId: grant.id });
    await this.write(tx, grant, 'grant.amended', {
      before: { award: version.awardBefore, endOn: version.endOnBefore, plan: number - 1 },
      after: { award: version.awardAfter, endOn: version.endOnAfter, plan: number },
      reason: version.reason,
    });
  }

  /** Somebody said no, or who asked took it back: the grant stays as it is. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const version = await readVersion(tx, approval.subjectId);
    await tx.run(
      `UPDATE grant_versions SET state = 'rejected', decided_by = $2, decided_at = $3, decided_reason = $4,
         version = version + 1 WHERE id = $1 AND state = 'asked'`,
      [version.id, tx.actor.personId ?? null, tx.now, reason],
    );
    const grant = { id: version.grantId, coalitionId: version.coalitionId };
    await this.write(tx, grant, 'grant.amendmentRejected', { reason });
  }

  private async workOut(
    tx: Tx,
    pool: LockedPool,
    grant: GrantRow,
    command: AskAmendment,
  ): Promise<WorkedOut> {
    requireStep(grant.state, 'amend');
    const calendar = await coalitionCalendar(tx, grant.coalitionId);
    if (command.endOn && command.endOn !== grant.endOn && command.endOn < calendar.today) {
      throw fieldError('ruleBroken', '/endOn', 'The term cannot be made to end in the past.');
    }
    const terms = await readTerms(tx, grant);
    const holidays = holidayCalendar(calendar.holidays);
    const conditions = await conditionsOfGrant(tx, grant.id);
    const result = replay(terms, readAmendment(command, grant.currency, conditions), (day) =>
      adjust(day, calendar.businessDay, holidays),
    );
    await this.requireAvailable(tx, pool, result.award - terms.award);
    return { grant, terms, result };
  }

  private async requireAvailable(tx: Tx, pool: LockedPool, difference: bigint): Promise<void> {
    if (difference <= 0n) return;
    const { availableToCommit } = await poolPosition(tx, pool.id);
    if (difference <= availableToCommit) return;
    const show = (minor: bigint) => formatMoney(minor, pool.currency, 'en-GB');
    const sentence = `The pool can commit ${show(availableToCommit)}, so this amendment is short by ${show(difference - availableToCommit)}.`;
    throw fieldError('insufficientFunds', '/award', sentence);
  }

  private async refuseSecond(tx: Tx, grantId: string): Promise<void> {
    if (!(await amendmentAskedFor(tx, grantId))) return;
    const sentence = 'An amendment of this grant waits for approval. Decide on it, or take it back, first.';
    throw new DomainError('stateForbids', sentence);
  }

  private async nextNumber(tx: Tx, grantId: string): Promise<number> {
    const last = await tx.row<{ number: number }>(
      `SELECT coalesce(max(number), 1) AS number FROM grant_versions WHERE grant_id = $1`,
      [grantId],
    );
    return last!.number + 1;
  }

  /** What was promised changed by the difference; nothing is posted where it did not. */
  private async post(
    tx: Tx,
    pool: LockedPool,
    { id, reference }: GrantRow,
    { today }: CoalitionCalendar,
    version: { id: string; number: number; difference: bigint },
  ): Promise<string | null> {
    if (version.difference === 0n) return null;
    requireOpenPeriod(pool, today, '/amendedOn');
    const { number, difference } = version;
    return this.ledger.postOne(
      tx,
      grantAmended(pool, { id, reference, versionId: version.id, number, difference, amendedOn: today }),
    );
  }

  /** The pool's lock first: whoever decides over its money holds it. */
  private async lock(tx: Tx, grantId: string): Promise<{ pool: LockedPool; grant: GrantRow }> {
    const { poolId } = await readGrant(tx, grantId);
    const pool = await lockPool(tx, poolId);
    const locked = await tx.row(`SELECT id FROM grants WHERE id = $1 FOR UPDATE`, [grantId]);
    if (!locked) throw notFound('grant');
    return { pool, grant: await readGrant(tx, grantId) };
  }

  private write(
    tx: Tx,
    { id, coalitionId }: { id: string; coalitionId: string },
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'grant', id }, ...change });
  }
}

/** What was approved was approved over one plan; over another it would lose a slice, or pay one twice. */
function requireSame(version: GrantVersion, now: GrantTerms): void {
  const isSame =
    version.awardBefore === now.award &&
    version.endOnBefore === now.endOn &&
    isSamePlan(version.planBefore, now.lines);
  if (isSame) return;
  const sentence =
    'What is unpaid of the grant has changed since this was asked for. Reject it, and ask again over the plan as it is.';
  throw new DomainError('staleVersion', sentence);
}

/** What an amendment of a grant takes a decision for. */
const doorOf = ({ id, coalitionId, reference }: GrantRow) => ({
  coalitionId,
  kind: 'grantAmendment' as const,
  subjectId: id,
  what: `an amendment of ${reference}`,
});
