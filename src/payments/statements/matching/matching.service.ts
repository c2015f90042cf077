import { Injectable } from '@nestjs/common';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { translateDatabaseError } from '../../../platform/errors/database-errors.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { lockPool } from '../../../pools/pool-position.js';
import { amountOf } from '../../../pools/pools.service.js';
import { recordedAs } from '../fingerprints.js';
import type { MatchLine, PostCharge, PostContribution, SplitLine, SplitPart } from './bank-line.dto.js';
import { BankLineKinds, type NewOne, type PartOfLine } from './bank-line-kinds.js';
import { type BankLine, type MatchedPart, readLine } from './bank-lines.read.js';
import { ContributionLines } from './kinds/contribution-lines.js';
import { asOfPart, requireParts, signed } from './split.rules.js';
import { type Candidate, type Suggestion, suggestionsFor } from './suggestions.rules.js';

/** What a new document of a kind could be, for the person who chooses. */
export interface NewChoice extends NewOne {
  kind: string;
  direction: 'in' | 'out' | 'both';
}

/** Says what lines of the bank are. Each kind of document is behind its own door (`BankLineKind`). */
@Injectable()
export class MatchingService {
  constructor(
    private readonly kinds: BankLineKinds,
    private readonly contributions: ContributionLines,
  ) {}

  /**
   * Does what the waiting lines of a pool say for certain: each that names a document of ours by an id that only we can
   * have given. The rest waits, and what was refused has the reason beside it. Returns how many were matched.
   */
  async matchAll(tx: Tx, poolId: string): Promise<number> {
    let matched = 0;
    for (const [kind, provider] of this.kinds.all()) {
      for (const { lineId, id } of (await provider.named?.(tx, poolId)) ?? []) {
        const refusal = await refusalOf(() => this.matchNamed(tx, lineId, kind, id));
        if (refusal === null) matched += 1;
        else await tx.run(`UPDATE bank_statement_lines SET note = $2 WHERE id = $1`, [lineId, refusal]);
      }
    }
    return matched;
  }

  /** What waiting lines may be, the surest first. */
  async suggestions(tx: Tx, lines: readonly BankLine[]): Promise<Map<string, Suggestion[]>> {
    const found: Candidate[] = [];
    if (lines.length > 0)
      for (const [, kind] of this.kinds.all()) found.push(...(await kind.candidates(tx, lines)));
    return new Map(
      lines.map((line) => [
        line.id,
        suggestionsFor(
          line,
          found.filter(({ lineId }) => lineId === line.id),
        ),
      ]),
    );
  }

  /** What could be recorded from a line of a pool. */
  async newChoices(tx: Tx, poolId: string): Promise<NewChoice[]> {
    const choices: NewChoice[] = [];
    for (const [kind, provider] of this.kinds.all()) {
      const { direction } = provider;
      for (const one of (await provider.newOnes?.(tx, poolId)) ?? [])
        choices.push({ kind, direction, ...one });
    }
    return choices;
  }

  /**
   * A person says what a whole waiting line is: a document that waits for the bank is posted through the same door as
   * always; one that is recorded already is only found again on the statement.
   * @throws stateForbids; ruleBroken naming `/kind`, or `/id` when it is of another pool or amount
   */
  async match(tx: Tx, lineId: string, { kind, id }: MatchLine): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    const part = await this.matchPart(tx, kind, id, wholeOf(line));
    return this.decide(tx, line, [part]);
  }

  /**
   * A person says what the parts of a waiting line are: documents that exist, or new ones; together the whole line.
   * All of them, or none.
   * @throws stateForbids; ruleBroken naming `/parts` when they do not come to the line, or what is wrong with which part
   */
  async split(tx: Tx, lineId: string, { parts }: SplitLine): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    const amounts = parts.map((part, index) => this.amountOf(line, part, index));
    requireParts(
      line,
      parts.map(({ kind, id }, index) => ({ kind, id, amount: amounts[index]! })),
    );
    const found: MatchedPart[] = [];
    for (const [index, part] of parts.entries()) {
      const reference = parts.length === 1 ? recordedAs(line) : `${recordedAs(line)}/${index + 1}`;
      const { bookedOn } = line;
      try {
        found.push(await this.becomes(tx, part, { line, amount: amounts[index]!, bookedOn, reference }));
      } catch (error) {
        throw asOfPart(translateDatabaseError(error), index);
      }
    }
    return this.decide(tx, line, found);
  }

  /**
   * Posts a waiting line as a contribution: its amount, day and reference are the line's.
   * @throws stateForbids for money that went out; as recording a contribution does
   */
  async postContribution(tx: Tx, lineId: string, command: PostContribution): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    if (line.amount < 0n) throw new DomainError('stateForbids', 'This line is money that went out.');
    const id = await this.contributions.receive(tx, wholeOf(line), command);
    return this.decide(tx, line, [{ kind: 'contribution', id, amount: line.amount, posted: true }]);
  }

  /**
   * Posts a waiting line as what the bank took for its services.
   * @throws stateForbids for money that came; as recording a charge does
   */
  async postCharge(tx: Tx, lineId: string, { note }: PostCharge): Promise<BankLine> {
    const line = await this.lockWaiting(tx, lineId);
    if (line.amount > 0n) throw new DomainError('stateForbids', 'This line is money that came in.');
    return this.decide(tx, line, [await this.record(tx, 'bankCharge', wholeOf(line), { note })]);
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
   * Puts a line back into the queue that was set aside, or found to be something. What it posted is not undone here: a
   * payment is given back, an entry reversed.
   * @throws stateForbids where a part of it stands in the ledger by this line
   */
  async reopen(tx: Tx, lineId: string): Promise<BankLine> {
    const { poolId } = await readLine(tx, lineId);
    await lockPool(tx, poolId);
    const line = await readLine(tx, lineId);
    if (line.state === 'unmatched') throw new DomainError('stateForbids', 'The line waits already.');
    const stands = this.whyItStands(line);
    if (stands !== null) throw new DomainError('stateForbids', stands);
    await tx.run(`DELETE FROM bank_line_parts WHERE line_id = $1`, [lineId]);
    await tx.run(
      `UPDATE bank_statement_lines SET state = 'unmatched', note = NULL, decided_by = NULL, decided_at = NULL WHERE id = $1`,
      [lineId],
    );
    return this.written(tx, line, 'bankLine.reopened', {});
  }

  /** Why a line cannot be put back into the queue; null where it can. */
  whyItStands({ parts }: BankLine): string | null {
    const reasons = parts.map((part) => this.kinds.of(part.kind).whyItStands?.(part) ?? null);
    return reasons.find((reason) => reason !== null) ?? null;
  }

  private async matchNamed(tx: Tx, lineId: string, kind: string, id: string): Promise<void> {
    const line = await this.lockWaiting(tx, lineId);
    await this.decide(tx, line, [await this.matchPart(tx, kind, id, wholeOf(line))]);
  }

  private amountOf(line: BankLine, { kind, amount }: SplitPart, index: number): bigint {
    try {
      const { direction } = this.kinds.of(kind);
      return signed(amountOf(amount, line.currency, '/amount')!, direction, line);
    } catch (error) {
      throw asOfPart(error, index);
    }
  }

  private becomes(tx: Tx, { kind, id, newFor, note }: SplitPart, part: PartOfLine): Promise<MatchedPart> {
    return id === undefined
      ? this.record(tx, kind, part, { newFor, note })
      : this.matchPart(tx, kind, id, part);
  }

  private async record(
    tx: Tx,
    kind: string,
    part: PartOfLine,
    document: { newFor?: string; note?: string },
  ): Promise<MatchedPart> {
    const provider = this.kinds.of(kind);
    if (!provider.record)
      throw fieldError('ruleBroken', '/id', 'Say which: a new one is not recorded from a line of the bank.');
    return { kind, id: await provider.record(tx, part, document), amount: part.amount, posted: true };
  }

  private async matchPart(tx: Tx, kind: string, id: string, part: PartOfLine): Promise<MatchedPart> {
    const provider = this.kinds.of(kind);
    if (provider.direction !== 'both' && provider.direction !== (part.amount > 0n ? 'in' : 'out')) {
      const way = part.amount > 0n ? 'came in' : 'went out';
      throw fieldError('ruleBroken', '/kind', `This line is money that ${way}.`);
    }
    const taken = await tx.row(
      `SELECT 1 FROM bank_line_parts WHERE kind = $1 AND subject_id = $2 AND (amount > 0) = $3`,
      [kind, id, part.amount > 0n],
    );
    if (taken) throw fieldError('ruleBroken', '/id', 'Another line was found to be this already.');
    const how = await provider.match(tx, part, id);
    if (typeof how === 'object') return { ...how, amount: part.amount, posted: true };
    return { kind, id, amount: part.amount, posted: how === 'posted' };
  }

  private async decide(tx: Tx, line: BankLine, parts: readonly MatchedPart[]): Promise<BankLine> {
    await tx.run(
      `INSERT INTO bank_line_parts (coalition_id, line_id, number, kind, subject_id, amount, posted)
       SELECT $1, $2, number, kind, subject_id, amount, posted
       FROM unnest($3::text[], $4::uuid[], $5::bigint[], $6::boolean[]) WITH ORDINALITY
         AS p (kind, subject_id, amount, posted, number)`,
      [
        ...[line.coalitionId, line.id, parts.map(({ kind }) => kind), parts.map(({ id }) => id)],
        ...[parts.map(({ amount }) => amount), parts.map(({ posted }) => posted)],
      ],
    );
    await tx.run(
      `UPDATE bank_statement_lines SET state = 'matched', note = NULL, decided_by = $2, decided_at = $3 WHERE id = $1`,
      [line.id, tx.actor.personId ?? null, tx.now],
    );
    return this.written(tx, line, 'bankLine.matched', { parts });
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

  private async written(tx: Tx, before: BankLine, action: string, after: object): Promise<BankLine> {
    await audit(tx, {
      coalitionId: before.coalitionId,
      action,
      subject: { kind: 'bankLine', id: before.id },
      before: { state: before.state, note: before.note, parts: before.parts },
      after,
    });
    return readLine(tx, before.id);
  }
}

const wholeOf = (line: BankLine): PartOfLine => ({
  ...{ line, amount: line.amount, bookedOn: line.bookedOn, reference: recordedAs(line) },
});

/**
 * Why the domain refuses something; null when it was done. A refusal comes before anything is written (the ledger takes
 * no savepoints), so there is nothing to undo; what the database itself refuses ends the import.
 */
async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.detail;
    throw error;
  }
}
