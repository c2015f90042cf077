import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import {
  cash,
  committedToGrants,
  fundBalance,
  grantsOutstanding,
} from '../../src/ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../src/ledger/entry.rules.js';
import { LedgerService } from '../../src/ledger/ledger.service.js';
import { actorSettings, personActor } from '../../src/platform/database/actor.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, type Made, type TestCoalition } from '../support/coalition.js';

/** What PostgreSQL itself says no with. */
const insufficientPrivilege = '42501';
const checkViolation = '23514';
const uniqueViolation = '23505';

type Account = 'cash' | 'north' | 'south' | 'committed' | 'outstanding' | 'otherCash';
type Posting = [account: Account, amount: bigint];

let app: TestApp;
let application: pg.Client;
let coalition: TestCoalition;
let otherPool: string;
let accounts: Record<Account, string>;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  otherPool = await secondPool();
  await post(
    draft('first', [debit(cash(coalition.poolId), 1000_00n), credit(fundBalance(coalition.north), 1000_00n)]),
    draft('second', [
      debit(cash(coalition.poolId), 1000_00n),
      credit(fundBalance(coalition.south), 1000_00n),
    ]),
    draft('third', [
      debit(committedToGrants(coalition.poolId), 500_00n),
      credit(grantsOutstanding(coalition.stream), 500_00n),
    ]),
    {
      ...draft('other', [debit(cash(otherPool), 70_00n), credit(fundBalance(coalition.north), 70_00n)]),
      poolId: otherPool,
    },
  );
  accounts = await accountIds();
  application = new pg.Client({ connectionString: app.database.appUrl });
  await application.connect();
});

afterAll(async () => {
  await application?.end();
  await app?.stop();
});

async function secondPool(): Promise<string> {
  const { backbone, id } = coalition;
  const pool = { name: 'Rainy Days', currency: 'GBP', attributionRule: 'fifo', refundPolicy: 'none' };
  return (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/pools`, pool))).id;
}

const draft = (key: string, legs: EntryDraft['legs']): EntryDraft => ({
  ...{ coalitionId: coalition.id, poolId: coalition.poolId, currency: 'GBP', kind: 'test.posted' },
  ...{ description: key, occurredOn: '2026-11-20', idempotencyKey: key },
  document: { kind: 'test', id: coalition.id },
  legs,
});

const post = (...drafts: EntryDraft[]): Promise<string[]> =>
  app.as(coalition.finance, (tx) => app.nest.get(LedgerService).post(tx, drafts));

async function accountIds(): Promise<Record<Account, string>> {
  const rows = await app.rows<{ name: Account; id: string }>(
    `SELECT id, CASE WHEN pool_id = $1 THEN 'otherCash' WHEN kind = 'cash' THEN 'cash' WHEN subject_id = $2 THEN 'north'
       WHEN subject_id = $3 THEN 'south' WHEN kind = 'committedToGrants' THEN 'committed' ELSE 'outstanding' END AS name
     FROM accounts WHERE pool_id <> $1 OR kind = 'cash'`,
    [otherPool, coalition.north, coalition.south],
  );
  return Object.fromEntries(rows.map(({ name, id }) => [name, id])) as Record<Account, string>;
}

async function balanceOf(account: Account): Promise<bigint> {
  const [row] = await app.rows<{ balance: string }>(`SELECT balance FROM accounts WHERE id = $1`, [
    accounts[account],
  ]);
  return BigInt(row!.balance);
}

/** Does something as the application's login, for the finance officer; answers the SQLSTATE that refused it, if any did. */
async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  const { id, name } = coalition.finance;
  const settings = { ...actorSettings(personActor(id, name)), 'app.today': '2026-11-23' };
  await application.query('BEGIN');
  try {
    for (const [setting, value] of Object.entries(settings)) {
      await application.query(`SELECT set_config($1, $2, true)`, [setting, value]);
    }
    await work();
    await application.query('COMMIT');
    return null;
  } catch (error) {
    await application.query('ROLLBACK');
    return (error as pg.DatabaseError).code ?? String(error);
  }
}

interface Entry {
  id?: string;
  on?: string;
  key?: string;
  reverses?: string;
}

/** Writes an entry and its postings with plain SQL. */
async function write(postings: Posting[], entry: Entry = {}): Promise<void> {
  const id = entry.id ?? newId();
  await application.query(
    `INSERT INTO journal_entries (id, coalition_id, pool_id, kind, description, occurred_on, recorded_at, idempotency_key,
       input_hash, person_id, document_kind, document_id, reverses_id)
     VALUES ($1, $2, $3, 'test.posted', 'by hand', $4, now(), $5, 'hash', $6, 'test', $1, $7)`,
    [
      ...[id, coalition.id, coalition.poolId, entry.on ?? '2026-11-20', entry.key ?? id],
      ...[coalition.finance.id, entry.reverses ?? null],
    ],
  );
  await addPostings(id, postings);
}

async function addPostings(entryId: string, postings: Posting[]): Promise<void> {
  await application.query(
    `INSERT INTO postings (coalition_id, entry_id, account_id, amount)
     SELECT $1, $2, account, amount FROM unnest($3::uuid[], $4::bigint[]) AS p (account, amount)`,
    [
      coalition.id,
      entryId,
      postings.map(([account]) => accounts[account]),
      postings.map(([, amount]) => amount),
    ],
  );
}

const writing = (postings: Posting[], entry?: Entry) => refusalOf(() => write(postings, entry));

describe('an entry', () => {
  it('that balances is written, and its accounts carry it', async () => {
    const before = await balanceOf('north');
    expect(
      await writing([
        ['cash', 5_00n],
        ['north', -5_00n],
      ]),
    ).toBeNull();
    expect((await balanceOf('north')) - before).toBe(-5_00n);
  });

  it('that does not balance is refused when its transaction ends', async () => {
    const before = await balanceOf('cash');
    let written = false;
    const refusal = await refusalOf(async () => {
      await write([
        ['cash', 5_00n],
        ['north', -4_99n],
      ]);
      written = true;
    });
    expect([written, refusal]).toEqual([true, 'TR004']);
    expect(await balanceOf('cash')).toBe(before);
  });

  it('balances in each book, not in both together', async () => {
    const acrossBooks: Posting[] = [
      ['cash', 5_00n],
      ['outstanding', -5_00n],
    ];
    expect(await writing(acrossBooks)).toBe('TR004');
  });

  it('has two postings at least, and none of nothing', async () => {
    expect(await writing([])).toBe('TR003');
    expect(await writing([['cash', 5_00n]])).toBe('TR003');
    const ofNothing: Posting[] = [
      ['cash', 0n],
      ['north', 0n],
    ];
    expect(await writing(ofNothing)).toBe(checkViolation);
  });

  it('stays in its pool', async () => {
    const acrossPools: Posting[] = [
      ['otherCash', 5_00n],
      ['north', -5_00n],
    ];
    expect(await writing(acrossPools)).toBe('TR005');
  });

  it('takes no further postings once it stands, however well they balance', async () => {
    const id = newId();
    const postings: Posting[] = [
      ['cash', 5_00n],
      ['north', -5_00n],
    ];
    expect(await writing(postings, { id })).toBeNull();
    expect(await refusalOf(() => addPostings(id, postings))).toBe('TR002');
  });

  it('is neither changed nor removed, by the application or by the owner of the schema', async () => {
    for (const statement of [
      `UPDATE journal_entries SET description = 'other'`,
      `DELETE FROM journal_entries`,
      `UPDATE postings SET amount = amount * 2`,
      `DELETE FROM postings`,
      `TRUNCATE postings`,
    ]) {
      expect([statement, await refusalOf(() => application.query(statement))]).toEqual([
        statement,
        insufficientPrivilege,
      ]);
      await expect(app.rows(statement)).rejects.toMatchObject({ code: 'TR002' });
    }
  });

  it('is reversed once', async () => {
    const [reverses] = await post(
      draft('to reverse', [
        debit(cash(coalition.poolId), 9_00n),
        credit(fundBalance(coalition.north), 9_00n),
      ]),
    );
    const mirror: Posting[] = [
      ['cash', -9_00n],
      ['north', 9_00n],
    ];
    expect(await writing(mirror, { reverses })).toBeNull();
    expect(await writing(mirror, { reverses })).toBe(uniqueViolation);
  });
});

describe('a balance', () => {
  it('is carried by postings alone: nobody sets it, and a new account starts at nothing', async () => {
    const set = () => application.query(`UPDATE accounts SET balance = 1 WHERE id = $1`, [accounts.cash]);
    expect(await refusalOf(set)).toBe(insufficientPrivilege);
    const open = () =>
      application.query(
        `INSERT INTO accounts (coalition_id, pool_id, book, kind, subject_id, currency, balance)
         VALUES ($1, $2, 'actual', 'fundBalance', $3, 'GBP', -100000)`,
        [coalition.id, coalition.poolId, coalition.hill],
      );
    expect(await refusalOf(open)).toBeNull();
    const [opened] = await app.rows<{ balance: string }>(
      `SELECT balance FROM accounts WHERE pool_id = $1 AND subject_id = $2`,
      [coalition.poolId, coalition.hill],
    );
    expect(opened?.balance).toBe('0');
  });

  it('is never overdrawn: not cash, not a fund, not a promise', async () => {
    const tooMuch = (await balanceOf('cash')) + 1n;
    const overdrawing: Posting[][] = [
      [
        ['north', tooMuch],
        ['cash', -tooMuch],
      ],
      [
        ['north', 1_100_00n],
        ['cash', -1_100_00n],
      ],
      [
        ['outstanding', 500_01n],
        ['committed', -500_01n],
      ],
    ];
    for (const postings of overdrawing) expect(await writing(postings)).toBe(checkViolation);
  });

  it('is the sum of its postings, whatever is posted at once, in whatever order of accounts', async () => {
    const legs = (index: number) => {
      const giver = index % 2 === 0 ? coalition.north : coalition.south;
      const both = [debit(cash(coalition.poolId), 1_00n), credit(fundBalance(giver), 1_00n)];
      return index % 3 === 0 ? both.reverse() : both;
    };
    const before = await balanceOf('cash');
    const indexes = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(indexes.map((index) => post(draft(`at once ${index}`, legs(index)))));
    expect((await balanceOf('cash')) - before).toBe(20_00n);
    const wrong = await app.rows(
      `SELECT a.id FROM accounts a LEFT JOIN postings p ON p.account_id = a.id
       GROUP BY a.id HAVING a.balance <> coalesce(sum(p.amount), 0)`,
    );
    expect(wrong).toEqual([]);
  });
});

describe('an idempotency key', () => {
  const legs = (amount: bigint) => [
    debit(cash(coalition.poolId), amount),
    credit(fundBalance(coalition.north), amount),
  ];

  it('with the same input posts once, also when both come at once', async () => {
    const same = () => post(draft('once', legs(3_00n)));
    const ids = await Promise.all([same(), same(), same()]);
    expect(new Set(ids.flat()).size).toBe(1);
    const [row] = await app.rows<{ entries: number }>(
      `SELECT count(*)::int AS entries FROM journal_entries WHERE idempotency_key = 'once'`,
    );
    expect(row?.entries).toBe(1);
  });

  it('with another input is refused, and nothing is posted', async () => {
    const before = await balanceOf('cash');
    await post(draft('mine', legs(3_00n)));
    await expect(post(draft('mine', legs(4_00n)))).rejects.toMatchObject({ code: 'idempotencyKeyReused' });
    expect((await balanceOf('cash')) - before).toBe(3_00n);
  });

  it('is unique in the pool for plain SQL too', async () => {
    const postings: Posting[] = [
      ['cash', 3_00n],
      ['north', -3_00n],
    ];
    expect(await writing(postings, { key: 'by hand' })).toBeNull();
    expect(await writing(postings, { key: 'by hand' })).toBe(uniqueViolation);
  });
});

describe('a locked period', () => {
  it('takes no entry on its last day, and one on the day after', async () => {
    await app.rows(`UPDATE pools SET locked_through = '2026-10-31' WHERE id = $1`, [coalition.poolId]);
    const postings: Posting[] = [
      ['cash', 1_00n],
      ['north', -1_00n],
    ];
    expect(await writing(postings, { on: '2026-10-31' })).toBe('TR001');
    expect(await writing(postings, { on: '2026-11-01' })).toBeNull();
  });
});
