import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { callReference } from '../drawdowns/drawdowns.read.js';
import type { StatementFlow } from './statement.rules.js';

/** What went between an investor and its bond by a day, on the days of the bank, in order. What a guarantor paid is none of it. */
export const flowsOnBank = (tx: Tx, partyId: string, on: Day): Promise<StatementFlow[]> =>
  tx.rows<StatementFlow>(
    `SELECT * FROM (
       SELECT r.received_on AS "on", c.kind, ${callReference} AS reference, r.bank_reference AS "bankReference",
         r.entry_id AS "entryId", r.amount AS "paidIn", 0::bigint AS capital, 0::bigint AS income
       FROM drawdown_receipts r JOIN drawdown_calls c ON c.id = r.call_id JOIN bonds b ON b.id = c.bond_id
       WHERE c.party_id = $1 AND c.kind <> 'guarantee' AND r.reversed_at IS NULL
       UNION ALL
       SELECT d.paid_on, 'distribution', 'as of ' || d.as_of, d.bank_reference, d.entry_id, 0, s.capital, s.income
       FROM distribution_shares s JOIN distributions d ON d.id = s.distribution_id
       WHERE s.party_id = $1 AND d.state = 'paid') AS flow
     WHERE "on" <= $2 ORDER BY "on", kind = 'distribution', "entryId"`,
    [partyId, on],
  );
