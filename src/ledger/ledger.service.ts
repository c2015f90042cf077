import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import type { Tx } from '../platform/database/tx.js';
import { audit } from '../platform/audit/audit.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import type { Day } from '../maths/day.js';
import { type AccountKind, type AccountRef, accountKinds } from './chart-of-accounts.js';
import { type EntryDraft, entryHash, type Leg, requireBalanced, reversed } from './entry.rules.js';

/** The most entries that are posted in one statement; more are posted in several. */
const BATCH = 1_000;

interface Existing {
  id: string;
  key: string;
  inputHash: string;
}

@Injectable()
export class LedgerService {
  /**
   * Posts entries, in sets. Returns their ids in the order given. An entry whose idempotency key is in the
   * pool already is not posted again: its first id is returned, provided it says the same.
   */
  async post(tx: Tx, drafts: EntryDraft[]): Promise<string[]> {
    drafts.forEach(requireBalanced);
    const ids: string[] = [];
    for (let from = 0; from < drafts.length; from += BATCH) {
      ids.push(...(await this.postBatch(tx, drafts.slice(from, from + BATCH))));
    }
    return ids;
  }

  /** Posts one entry and returns its id. */
  async postOne(tx: Tx, draft: EntryDraft): Promise<string> {
    const [id] = await this.post(tx, [draft]);
    return id!;
  }

  /**
   * Posts the mirror image of an entry, pointing at what it reverses. Once only; the reason is kept.
   * @throws stateForbids when it is reversed already or is itself a reversal
   */
  async reverse(tx: Tx, entryId: string, reason: string, occurredOn: Day): Promise<string> {
    const entry = await tx.row<
      Omit<EntryDraft, 'legs' | 'document'> & { documentKind: string; documentId: string }
    >(
      `SELECT e.coalition_id AS "coalitionId", e.pool_id AS "poolId", p.currency, e.kind, e.description,
              e.occurred_on AS "occurredOn", e.idempotency_key AS "idempotencyKey",
              e.document_kind AS "documentKind", e.document_id AS "documentId", e.reverses_id AS "reversesId"
       FROM journal_entries e JOIN pools p ON p.id = e.pool_id WHERE e.id = $1`,
      [entryId],
    );
    if (!entry) throw notFound('entry');
    if (entry.reversesId)
      throw new DomainError('stateForbids', 'A reversal cannot be reversed. Post the event again instead.');
    const earlier = await tx.row(`SELECT id FROM journal_entries WHERE reverses_id = $1`, [entryId]);
    if (earlier) throw new DomainError('stateForbids', 'This entry is reversed already.');
    const legs = await this.legsOf(tx, entryId);
    const id = await this.postOne(tx, {
      coalitionId: entry.coalitionId,
      poolId: entry.poolId,
      currency: entry.currency,
      kind: `${entry.kind}.reversed`,
      description: `Reversal: ${entry.description} (${reason})`,
      occurredOn,
      idempotencyKey: `reverse:${entryId}`,
      document: { kind: entry.documentKind, id: entry.documentId },
      legs: reversed(legs),
      reversesId: entryId,
    });
    await audit(tx, {
      coalitionId: entry.coalitionId,
      action: 'entry.reversed',
      subject: { kind: 'entry', id: entryId },
      after: { reversalId: id },
      reason,
    });
    return id;
  }

  /** The legs of a posted entry. */
  async legsOf(tx: Tx, entryId: string): Promise<Leg[]> {
    const rows = await tx.rows<{
      kind: AccountKind;
      subjectId: string;
      earmarkId: string | null;
      currency: string;
      amount: bigint;
    }>(
      `SELECT a.kind, a.subject_id AS "subjectId", a.earmark_id AS "earmarkId", a.currency, p.amount
       FROM postings p JOIN accounts a ON a.id = p.account_id WHERE p.entry_id = $1 ORDER BY p.id`,
      [entryId],
    );
    return rows.map(({ amount, ...account }) => ({ account, amount }));
  }

  private async postBatch(tx: Tx, drafts: EntryDraft[]): Promise<string[]> {
    const hashes = drafts.map(entryHash);
    const ids = await this.insertEntries(tx, drafts, hashes);
    const fresh = drafts.flatMap((draft, index) =>
      ids[index]!.fresh ? [{ draft, id: ids[index]!.id }] : [],
    );
    if (fresh.length > 0) {
      const accounts = await this.openAccounts(
        tx,
        fresh.map(({ draft }) => draft),
      );
      await this.insertPostings(tx, fresh, accounts);
    }
    return ids.map(({ id }) => id);
  }

  /** Inserts what is new, and holds what is not to its first hash. */
  private async insertEntries(
    tx: Tx,
    drafts: EntryDraft[],
    hashes: string[],
  ): Promise<{ id: string; fresh: boolean }[]> {
    const rows = drafts.map((draft, index) => ({
      id: newId(),
      coalition_id: draft.coalitionId,
      pool_id: draft.poolId,
      kind: draft.kind,
      description: draft.description,
      occurred_on: draft.occurredOn,
      idempotency_key: draft.idempotencyKey,
      input_hash: hashes[index],
      document_kind: draft.document.kind,
      document_id: draft.document.id,
      reverses_id: draft.reversesId ?? null,
    }));
    const inserted = await tx.rows<{ id: string }>(
      `INSERT INTO journal_entries (id, coalition_id, pool_id, kind, description, occurred_on, recorded_at,
         idempotency_key, input_hash, person_id, job, document_kind, document_id, reverses_id)
       SELECT id, coalition_id, pool_id, kind, description, occurred_on, $2, idempotency_key, input_hash, $3, $4,
         document_kind, document_id, reverses_id
       FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, coalition_id uuid, pool_id uuid, kind text, description text,
         occurred_on date, idempotency_key text, input_hash text, document_kind text, document_id uuid, reverses_id uuid)
       ON CONFLICT ON CONSTRAINT journal_entries_once DO NOTHING
       RETURNING id`,
      [
        JSON.stringify(rows),
        tx.now,
        tx.actor.personId ?? null,
        tx.actor.kind === 'person' ? null : tx.actor.job,
      ],
    );
    if (inserted.length === rows.length) return rows.map(({ id }) => ({ id, fresh: true }));
    const fresh = new Set(inserted.map(({ id }) => id));
    const earlier = await this.earlierEntries(tx, drafts);
    return rows.map((row, index) =>
      fresh.has(row.id)
        ? { id: row.id, fresh: true }
        : { id: sameEntry(earlier, drafts[index]!, hashes[index]!), fresh: false },
    );
  }

  private async earlierEntries(tx: Tx, drafts: EntryDraft[]): Promise<Map<string, Existing>> {
    const rows = await tx.rows<Existing & { poolId: string }>(
      `SELECT id, pool_id AS "poolId", idempotency_key AS key, input_hash AS "inputHash" FROM journal_entries
       WHERE pool_id = ANY ($1::uuid[]) AND idempotency_key = ANY ($2::text[])`,
      [[...new Set(drafts.map((draft) => draft.poolId))], drafts.map((draft) => draft.idempotencyKey)],
    );
    return new Map(rows.map((row) => [`${row.poolId} ${row.key}`, row]));
  }

  /** Opens the accounts that are not there yet. Returns every account's id by `accountKey`. */
  private async openAccounts(tx: Tx, drafts: EntryDraft[]): Promise<Map<string, string>> {
    const wanted = new Map<string, object>();
    for (const draft of drafts) {
      for (const { account } of draft.legs) {
        wanted.set(accountKey(draft, account), {
          coalition_id: draft.coalitionId,
          pool_id: draft.poolId,
          book: accountKinds[account.kind].book,
          kind: account.kind,
          subject_id: account.subjectId,
          earmark_id: account.earmarkId ?? null,
          currency: account.currency ?? draft.currency,
        });
      }
    }
    const parameters = [JSON.stringify([...wanted.values()])];
    const source = `jsonb_to_recordset($1::jsonb) AS w (coalition_id uuid, pool_id uuid, book text, kind text,
      subject_id uuid, earmark_id uuid, currency text)`;
    await tx.run(
      `INSERT INTO accounts (coalition_id, pool_id, book, kind, subject_id, earmark_id, currency)
       SELECT coalition_id, pool_id, book, kind, subject_id, earmark_id, currency FROM ${source}
       ORDER BY pool_id, book, kind, subject_id, earmark_id, currency
       ON CONFLICT ON CONSTRAINT accounts_one_per_subject DO NOTHING`,
      parameters,
    );
    const rows = await tx.rows<AccountRef & { id: string; poolId: string; currency: string }>(
      `SELECT a.id, a.pool_id AS "poolId", a.kind, a.subject_id AS "subjectId", a.earmark_id AS "earmarkId", a.currency
       FROM accounts a JOIN ${source} ON w.pool_id = a.pool_id AND w.book = a.book AND w.kind = a.kind
         AND w.subject_id = a.subject_id AND w.earmark_id IS NOT DISTINCT FROM a.earmark_id
         AND w.currency = a.currency`,
      parameters,
    );
    return new Map(rows.map((row) => [accountKey(row, row), row.id]));
  }

  private async insertPostings(
    tx: Tx,
    entries: { draft: EntryDraft; id: string }[],
    accounts: Map<string, string>,
  ): Promise<void> {
    const lines = entries.flatMap(({ draft, id }) =>
      draft.legs.map((leg) => ({
        id: newId(),
        coalition_id: draft.coalitionId,
        entry_id: id,
        account_id: accounts.get(accountKey(draft, leg.account)),
        amount: leg.amount.toString(),
      })),
    );
    await tx.run(
      `INSERT INTO postings (id, coalition_id, entry_id, account_id, amount)
       SELECT id, coalition_id, entry_id, account_id, amount
       FROM jsonb_to_recordset($1::jsonb) AS l (id uuid, coalition_id uuid, entry_id uuid, account_id uuid, amount bigint)`,
      [JSON.stringify(lines)],
    );
  }
}

const accountKey = (
  entry: { poolId: string; currency: string },
  { kind, subjectId, earmarkId, currency }: AccountRef,
): string => `${entry.poolId} ${kind} ${subjectId} ${earmarkId ?? ''} ${currency ?? entry.currency}`;

function sameEntry(earlier: Map<string, Existing>, draft: EntryDraft, hash: string): string {
  const existing = earlier.get(`${draft.poolId} ${draft.idempotencyKey}`);
  if (existing?.inputHash === hash) return existing.id;
  throw new DomainError(
    'idempotencyKeyReused',
    `“${draft.description}” was posted before, with other figures. Nothing was posted.`,
  );
}
