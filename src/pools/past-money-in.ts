import { v7 as newId } from 'uuid';
import type { LedgerService } from '../ledger/ledger.service.js';
import type { Day } from '../maths/day.js';
import { auditAll } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { contributionReceived, pledgeSigned } from './pool.entries.js';
import type { LockedPool } from './pool-position.js';

/** A pledge that was signed elsewhere, in one instalment. Minor units of the pool's currency. */
export interface PastPledge {
  id: string;
  instalmentId: string;
  funderId: string;
  reference: string;
  amount: bigint;
  signedOn: Day;
  dueOn: Day;
}

/** Money that came elsewhere and met a whole pledge. */
export interface PastReceipt {
  pledge: Pick<PastPledge, 'id' | 'instalmentId' | 'funderId' | 'amount'>;
  bankReference: string;
  receivedOn: Day;
}

/**
 * Records pledges that are facts from elsewhere, in sets: signed, posted to the commitment book, written down. The
 * caller holds the pool's lock.
 * @throws periodLocked; alreadyExists when a reference is taken
 */
export async function recordPastPledges(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  pledges: PastPledge[],
): Promise<void> {
  if (pledges.length === 0) return;
  const rows = JSON.stringify(
    pledges.map(({ amount, ...pledge }) => ({ ...pledge, amount: amount.toString() })),
  );
  const source = `jsonb_to_recordset($1::jsonb) AS p (id uuid, "instalmentId" uuid, "funderId" uuid, reference text,
    amount bigint, "signedOn" date, "dueOn" date)`;
  await tx.run(
    `INSERT INTO pledges (id, coalition_id, pool_id, funder_id, reference, currency, amount, state, signed_on, created_by, created_at)
     SELECT id, $2, $3, "funderId", reference, $4, amount, 'signed', "signedOn", $5, $6 FROM ${source}`,
    [rows, pool.coalitionId, pool.id, pool.currency, tx.actor.personId ?? null, tx.now],
  );
  await tx.run(
    `INSERT INTO pledge_instalments (id, coalition_id, pledge_id, number, due_on, amount)
     SELECT "instalmentId", $2, id, 1, "dueOn", amount FROM ${source}`,
    [rows, pool.coalitionId],
  );
  await ledger.post(
    tx,
    pledges.map((pledge) => pledgeSigned(pool, pledge)),
  );
  await auditAll(
    tx,
    pledges.map(({ id, ...after }) => ({
      coalitionId: pool.coalitionId,
      action: 'pledge.signed',
      subject: { kind: 'pledge', id },
      after,
    })),
  );
}

/**
 * Records money that has met whole pledges, in sets: applied, posted, the pledges fulfilled. No fee is charged: what
 * came elsewhere was charged there. The caller holds the pool's lock.
 * @throws periodLocked; alreadyExists when a bank reference is taken
 */
export async function recordPastReceipts(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  receipts: PastReceipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  const received = receipts.map((receipt) => ({ id: newId(), ...receipt }));
  const entryIds = await ledger.post(
    tx,
    received.map(({ id, pledge: { funderId, amount, id: pledgeId }, bankReference, receivedOn }) =>
      contributionReceived(pool, {
        ...{ id, funderId, amount, bankReference, receivedOn, earmarkId: null },
        settled: [{ pledgeId, amount }],
      }),
    ),
  );
  const rows = JSON.stringify(
    received.map(({ id, pledge, bankReference, receivedOn }, index) => ({
      ...{ id, bankReference, receivedOn, entryId: entryIds[index] },
      ...{ pledgeId: pledge.id, instalmentId: pledge.instalmentId, funderId: pledge.funderId },
      amount: pledge.amount.toString(),
    })),
  );
  const source = `jsonb_to_recordset($1::jsonb) AS r (id uuid, "pledgeId" uuid, "instalmentId" uuid, "funderId" uuid,
    amount bigint, "bankReference" text, "receivedOn" date, "entryId" uuid)`;
  await tx.run(
    `INSERT INTO contributions (id, coalition_id, pool_id, funder_id, amount, currency, fee, received_on, bank_reference,
       entry_id, recorded_by, recorded_at)
     SELECT id, $2, $3, "funderId", amount, $4, 0, "receivedOn", "bankReference", "entryId", $5, $6 FROM ${source}`,
    [rows, pool.coalitionId, pool.id, pool.currency, tx.actor.personId ?? null, tx.now],
  );
  await tx.run(
    `INSERT INTO contribution_applications (coalition_id, contribution_id, pledge_instalment_id, amount)
     SELECT $2, id, "instalmentId", amount FROM ${source}`,
    [rows, pool.coalitionId],
  );
  await tx.run(
    `UPDATE pledge_instalments i SET received = i.received + r.amount FROM ${source} WHERE i.id = r."instalmentId"`,
    [rows],
  );
  await tx.run(
    `UPDATE pledges p SET state = 'fulfilled', version = version + 1 FROM ${source} WHERE p.id = r."pledgeId"`,
    [rows],
  );
  await auditAll(
    tx,
    received.map(({ id, ...after }) => ({
      coalitionId: pool.coalitionId,
      action: 'contribution.received',
      subject: { kind: 'contribution', id },
      after,
    })),
  );
}
