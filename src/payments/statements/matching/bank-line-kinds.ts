import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import type { BankLine, MatchedPart } from './bank-lines.read.js';
import type { Candidate } from './suggestions.rules.js';

/** A part of a line that is to become a document: mostly the whole of it. */
export interface PartOfLine {
  line: BankLine;
  /** Minor units, as the bank books it: what came is positive. */
  amount: bigint;
  bookedOn: Day;
  /** The bank’s; of a line that is split, with the number of the part, so that each is recorded once. */
  reference: string;
}

/** What a new document needs beyond amount, day and reference. */
export interface NewDocument {
  /** Whom or what it is recorded for, such as the funder of a contribution; one of `newOnes`. */
  newFor?: string;
  note?: string;
}

/** The document that was recorded from a part of a line, for the one it was matched to. */
export interface BecameAnother {
  kind: string;
  id: string;
}

/** A document that could be recorded from a line: `value` is what it is for, or empty. */
export interface NewOne {
  value: string;
  label: string;
}

/**
 * One kind of what lines of the bank may be. A provider that is marked `@MatchesBankLines` knows the documents of this
 * kind, and goes through their own service’s door, with all its rules.
 *
 * The list is open: a room that stands above this one brings its kinds along (outcome payments received, drawdowns of
 * investors, advances to providers, distributions). It adds its word and its foreign key to `bank_line_parts` by a
 * migration, a provider here, and its page to `documentPath`; queue, suggestions, splitting and `verify` take it from
 * there.
 */
export interface BankLineKind {
  /** Which way its money goes, and so the sign of its part; `both`: as the line’s own. */
  readonly direction: 'in' | 'out' | 'both';
  /** For each of these waiting lines, which documents it, or a part of it, may be: none that a line was found to be. */
  candidates(tx: Tx, lines: readonly BankLine[]): Promise<Candidate[]>;
  /**
   * Makes this document what the part is: posts it on the day of the bank where it waited for the bank, or finds it
   * recorded already. What it refuses, it refuses before it writes anything: an import then leaves the line waiting.
   * Where it is not the document itself that is paid, such as an invoice which may be paid in several parts, it records
   * another one, and says which.
   * @throws DomainError, naming `/id` or `/amount` when it cannot be this one
   */
  match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found' | BecameAnother>;
  /** Which waiting lines of a pool are, by an id that only we can have given, one of its documents: in order. */
  named?(tx: Tx, poolId: string): Promise<{ lineId: string; id: string }[]>;
  /** Which new documents can be recorded from a line of a pool. */
  newOnes?(tx: Tx, poolId: string): Promise<NewOne[]>;
  /** Records a new document. @throws DomainError, naming `/newFor`, `/amount` or `/note` */
  record?(tx: Tx, part: PartOfLine, document: NewDocument): Promise<string>;
  /** Why a line cannot be put back into the queue once it was found to be this; null where it can. */
  whyItStands?(part: MatchedPart): string | null;
}

const MATCHES = 'tributary:matchesBankLines';

/** Marks a provider as the one that knows what lines of the bank may be, of one kind. */
export const MatchesBankLines = (kind: string) => SetMetadata(MATCHES, kind);

/** Finds every kind at boot, and refuses to start when two claim the same. */
@Injectable()
export class BankLineKinds {
  private readonly found = new Map<string, BankLineKind>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const kind = metatype && (Reflect.getMetadata(MATCHES, metatype) as string | undefined);
      if (!kind) continue;
      if (this.found.has(kind)) throw new Error(`Two providers match lines of the bank to a ${kind}.`);
      this.found.set(kind, instance as BankLineKind);
    }
  }

  all(): [name: string, kind: BankLineKind][] {
    return [...this.found];
  }

  /** @throws ruleBroken naming `/kind` */
  of(name: string): BankLineKind {
    const kind = this.found.get(name);
    if (kind) return kind;
    const sentence = `Choose one of ${[...this.found.keys()].sort().join(', ')}.`;
    throw fieldError('ruleBroken', '/kind', sentence);
  }
}
