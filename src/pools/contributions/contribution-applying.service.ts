import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { contributionApplied } from '../pool.entries.js';
import { lockPool, requireCovered } from '../pool-position.js';
import type { ApplyContribution } from './contribution.dto.js';
import { settledByPledge, type Tender } from './contribution.rules.js';
import { lockOpenInstalments, saveApplications, undoApplications } from './contribution-applications.js';
import { settle } from './contribution-settling.js';
import { type ContributionRow, readContribution } from './contributions.read.js';

/** Saying anew what a contribution settles: other instalments, or with an overpayment those that were pledged since. */
@Injectable()
export class ContributionApplyingService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Opens again what a contribution settled, and applies it anew: to the instalments named, or to the oldest open ones.
   * Only promises move; the money stays where it is, and restricted to what it was.
   * @throws stateForbids when it is reversed; ruleBroken naming the field
   */
  async apply(tx: Tx, contributionId: string, command: ApplyContribution): Promise<ContributionRow> {
    const { poolId } = await readContribution(tx, contributionId);
    const pool = await lockPool(tx, poolId);
    const contribution = await readContribution(tx, contributionId);
    if (contribution.reversalReason !== null)
      throw new DomainError('stateForbids', 'This contribution is reversed: it settles nothing any more.');
    const before = await undoApplications(tx, contributionId);
    const { applications } = await settle(
      tx,
      pool,
      await lockOpenInstalments(tx, poolId, contribution.funderId),
      {
        tenders: tendersOf(contribution),
        said: contribution,
        chosen: command.settles,
      },
    );
    const parts = (list: typeof before) =>
      list.map(({ instalmentId, amount }) => `${instalmentId} ${amount}`).sort();
    if (parts(before).join() === parts(applications).join())
      throw fieldError('ruleBroken', '/settles', 'This is what it settles already. Change an amount.');
    await saveApplications(tx, pool.coalitionId, contributionId, applications);
    const changes = settledByPledge(applications, before);
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    const { id, bankReference, funderId } = contribution;
    if (changes.length > 0) {
      const applied = { id, bankReference, funderId, occurredOn: today, applicationId: newId(), changes };
      await this.ledger.postOne(tx, contributionApplied(pool, applied));
    }
    await requireCovered(tx, poolId);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'contribution.applied',
      subject: { kind: 'contribution', id },
      before: { settles: before },
      after: { settles: applications },
    });
    return readContribution(tx, contributionId);
  }
}

/** What a contribution can settle with: what the funder paid first, then what arrived. */
export const tendersOf = ({
  amount,
  currency,
  paidAmount,
  paidCurrency,
}: Pick<ContributionRow, 'amount' | 'currency' | 'paidAmount' | 'paidCurrency'>): Tender[] => [
  ...(paidAmount === null || paidCurrency === null ? [] : [{ currency: paidCurrency, amount: paidAmount }]),
  { currency, amount },
];
