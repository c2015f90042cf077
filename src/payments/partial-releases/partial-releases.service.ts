import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type InstalmentRow, lockInstalments, planDue } from '../../grants/instalments.js';
import { adjust, holidayCalendar } from '../../maths/business-day.js';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { spaced } from '../../platform/errors/spaced.js';
import { lockPool } from '../../pools/pool-position.js';
import { amountOf } from '../../pools/pools.service.js';
import type { Disbursement } from '../disbursements.read.js';
import { DisbursementsService } from '../disbursements.service.js';
import { bringDue } from '../due.js';
import type { ReleasePart } from './partial-release.dto.js';
import { type SplitInstalment, splitInstalment } from './partial-release.rules.js';

/** Paying an instalment in part, for want of cash or by agreement: the rest stays planned. */
@Injectable()
export class PartialReleasesService {
  constructor(private readonly disbursements: DisbursementsService) {}

  /**
   * Splits an instalment that is due, or held for lack of cash, and asks to release the part: the maker's step. The rest
   * is an instalment of its own, so that what is paid and what is planned stay the award.
   * @throws stateForbids; ruleBroken naming the field; insufficientFunds when there is no cash even for the part
   */
  async release(tx: Tx, instalmentId: string, command: ReleasePart): Promise<Disbursement> {
    const whole = await this.lock(tx, instalmentId);
    requireSplittable(whole);
    const { today } = await coalitionCalendar(tx, whole.coalitionId);
    const { released, rest } = splitInstalment(whole, amountOf(command.amount, whole.currency, '/amount')!, {
      restOn: command.restOn,
      today,
      currency: whole.currency,
    });
    await tx.run(`UPDATE instalments SET amount = $2, uplift = $3, version = version + 1 WHERE id = $1`, [
      ...[instalmentId, released.amount, released.uplift],
    ]);
    const restId = await this.plan(tx, whole, rest, command.restOn);
    await audit(tx, {
      coalitionId: whole.coalitionId,
      action: 'instalment.split',
      subject: { kind: 'instalment', id: instalmentId },
      before: { amount: whole.amount },
      after: { amount: released.amount, restId, rest: rest.amount, restOn: command.restOn },
    });
    if (whole.state === 'held') await bringDue(tx, whole.poolId, await lockInstalments(tx, [instalmentId]));
    return this.disbursements.release(tx, instalmentId);
  }

  private async lock(tx: Tx, instalmentId: string): Promise<InstalmentRow> {
    const found = await tx.row<{ poolId: string }>(
      `SELECT pool_id AS "poolId" FROM instalments WHERE id = $1`,
      [instalmentId],
    );
    if (!found) throw notFound('instalment');
    await lockPool(tx, found.poolId);
    const [instalment] = await lockInstalments(tx, [instalmentId]);
    return instalment!;
  }

  private async plan(tx: Tx, whole: InstalmentRow, rest: SplitInstalment, restOn: Day): Promise<string> {
    const calendar = await coalitionCalendar(tx, whole.coalitionId);
    const dueOn = adjust(restOn, calendar.businessDay, holidayCalendar(calendar.holidays));
    const id = newId();
    await tx.run(
      `INSERT INTO instalments (id, coalition_id, grant_id, pool_id, number, nominal_on, due_on, amount, uplift)
       SELECT $1, $2, $3, $4, max(number) + 1, $5, $6, $7, $8 FROM instalments WHERE grant_id = $3`,
      [...[id, whole.coalitionId, whole.grantId, whole.poolId, restOn, dueOn], ...[rest.amount, rest.uplift]],
    );
    await planDue(tx, whole.coalitionId, calendar, [{ id, dueOn }]);
    return id;
  }
}

/** @throws stateForbids */
function requireSplittable({ number, state, holdReasons }: InstalmentRow): void {
  const isShort = state === 'held' && holdReasons.every(({ code }) => code === 'cashShort');
  if (state === 'due' || isShort) return;
  const why = holdReasons.length > 0 ? `: ${holdReasons.map(({ text }) => text).join('; ')}` : '';
  throw new DomainError(
    'stateForbids',
    `Instalment ${number} is ${spaced(state)}${why}. A part is released of what is due, or held for lack of cash alone.`,
  );
}
