import { Injectable } from '@nestjs/common';
import { type Entry, readEntry } from '../../ledger/entries.read.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { ReverseContribution } from '../contributions/contribution.dto.js';
import { ContributionsService } from '../contributions/contributions.service.js';

/** How an entry is corrected that must not be reversed alone, because its document would no longer say the same. */
const corrections: Readonly<Record<string, string>> = {
  pledge: 'An entry of a pledge stands as long as the pledge does.',
  grant: 'An entry of a grant stands as long as the award does.',
  bankCharge: 'A bank charge is reversed on its own page.',
  grantReturn: 'What a partner gave back is reversed on its own page.',
  outcomeInvoice: 'An outcome payment is reversed at its invoice.',
  drawdownCall: 'What an investor paid is reversed at its call.',
  disbursement: 'A payment that came back is recorded at the payment.',
};

@Injectable()
export class ReversalsService {
  constructor(private readonly contributions: ContributionsService) {}

  /**
   * Reverses an entry together with its document, so that the ledger and the document never say different things.
   * That is a contribution: its entry and its fee are reversed, and the instalments it settled are open again. Other
   * entries are corrected where they were made. Returns the reversal.
   * @throws stateForbids, makerIsChecker, ruleBroken, periodLocked, insufficientFunds
   */
  async reverse(tx: Tx, entryId: string, command: ReverseContribution): Promise<Entry> {
    const entry = await readEntry(tx, entryId);
    if (entry.reversesId !== null)
      throw new DomainError('stateForbids', 'A reversal cannot be reversed. Record the event again instead.');
    if (entry.documentKind !== 'contribution') {
      const how = corrections[entry.documentKind] ?? 'It is corrected at the document it comes from.';
      throw new DomainError('stateForbids', `Only contributions are reversed here. ${how}`);
    }
    await this.contributions.reverse(tx, entry.documentId, command);
    const { reversedById } = await readEntry(tx, entryId);
    if (reversedById === null) throw new Error(`Entry ${entryId} was reversed, and is not.`);
    return readEntry(tx, reversedById);
  }
}
