import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { endToEndId } from '../../src/payments/batches/end-to-end-id.js';
import { TestApp } from '../support/app.js';
import { camt, entryOf, TestBank } from '../support/bank.js';
import { foundCoalition, payFrom, type ProblemBody, type TestCoalition } from '../support/coalition.js';

const samples = new URL('../../../shared/standards/iso20022/samples/', import.meta.url);

let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Bank Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
});

describe('a statement of the bank', () => {
  it('settles the payments it names, and leaves the rest to a person', async () => {
    const paymentId = await bank.approvedPayment();
    const xml = camt(
      'S-1',
      [
        { reference: 'B-1', amount: '2500.00', names: endToEndId(paymentId) },
        { reference: 'B-2', amount: '12.50' },
      ],
      { opening: '10000.00', closing: '7487.50' },
    );
    const { status, body } = await bank.send(xml);
    expect([status, body]).toEqual([
      200,
      { statements: 1, added: 2, known: 0, matched: 1, waiting: 1, warnings: [] },
    ]);
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    expect((await bank.lines()).map(({ reference, state }) => [reference, state])).toEqual([
      ['B-1', 'matched'],
      ['B-2', 'unmatched'],
    ]);
    expect(await bank.broken()).toEqual([]);
  });

  it('imported twice adds nothing, also when it comes in another file with a line more', async () => {
    const first = { reference: 'B-1', amount: '5.00' };
    const balances = { opening: '10.00', closing: '5.00' };
    await bank.send(camt('S-1', [first], balances));
    expect((await bank.send(camt('S-1', [first], balances))).body).toMatchObject({ added: 0, known: 1 });
    const more = [first, { reference: 'B-2', amount: '1.00' }];
    expect((await bank.send(camt('S-2', more, { opening: '10.00', closing: '4.00' }))).body).toMatchObject({
      ...{ added: 1, known: 1, waiting: 2 },
    });
  });

  it('that does not add up is taken, and says so', async () => {
    const { body } = await bank.send(
      camt('S-1', [{ reference: 'B-1', amount: '5.00' }], { opening: '10.00', closing: '5.05' }),
    );
    expect(body.warnings).toEqual([
      'Statement S-1 does not add up: opening balance and entries are off its closing balance by £0.05.',
    ]);
  });

  it('is refused whole, naming the entry, and nothing of it is kept', async () => {
    const wrong = camt(
      'S-1',
      [
        { reference: 'B-1', amount: '5.00' },
        { reference: 'B-2', amount: '5.005' },
      ],
      { opening: '10.00', closing: '0.00' },
    );
    const { status, body } = await bank.send<ProblemBody>(wrong);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        pointer: '/file',
        message: 'The amount “5.005” of entry 2 in statement S-1 is not an amount in GBP.',
      },
    ]);
    expect(await bank.lines()).toEqual([]);
  });

  it('of another account than the pool’s is refused, naming both', async () => {
    await payFrom(coalition, {
      accountName: 'River Fund',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
    });
    const { body } = await bank.send<ProblemBody>(
      camt('S-1', [{ reference: 'B-1', amount: '5.00' }], { opening: '10.00', closing: '5.00' }),
    );
    expect(body.detail).toBe(
      'Statement S-1 is of account GB33BUKB20201555555555, and the pool’s is DE89370400440532013000.',
    );
  });

  it('gives a payment back: its funders have their money again, and its instalment is due again', async () => {
    const paymentId = await bank.approvedPayment();
    const names = endToEndId(paymentId);
    const { body } = await bank.send(
      camt(
        'S-1',
        [
          { reference: 'B-1', amount: '2500.00', names },
          { reference: 'B-2', amount: '2500.00', names, direction: 'CRDT', on: '2026-12-03', back: true },
        ],
        { opening: '10000.00', closing: '10000.00' },
      ),
    );
    expect(body).toMatchObject({ matched: 2, waiting: 0 });
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'returned', instalment: 'due' });
    const [balance] = await app.rows<{ held: string }>(
      `SELECT (-sum(balance))::text AS held FROM accounts WHERE kind = 'fundBalance' AND coalition_id = '${coalition.id}'`,
    );
    expect(balance).toEqual({ held: '1000000' });
    expect(await bank.broken()).toEqual([]);
  });

  (existsSync(samples) ? it : it.skip)(
    'in the published samples is imported; the wrong one is not',
    async () => {
      const pool = await coalition.backbone.must(
        coalition.backbone.post<{ id: string }>(`/api/v1/coalitions/${coalition.id}/pools`, {
          ...{ name: 'Euro', currency: 'EUR', attributionRule: 'pro_rata', refundPolicy: 'none' },
        }),
      );
      const sample = (name: string) => bank.send(readFileSync(new URL(name, samples)), { poolId: pool.id });
      for (const name of [
        'all-balance-types',
        'five.decimals',
        'minimal',
        'multi.statement',
        'with-party-ids',
      ]) {
        expect([name, (await sample(`camt053.v2.${name}.xml`)).status]).toEqual([name, 200]);
      }
      expect((await sample('camt053.v8.xml')).status).toBe(200);
      const before = await app.rows(`SELECT id FROM bank_statement_lines`);
      const wrong = await sample('camt053.v2.wrong.xml');
      expect([wrong.status, (wrong.body as unknown as ProblemBody).detail]).toEqual([
        422,
        'The file holds no statement: there is no Stmt in it.',
      ]);
      expect(await app.rows(`SELECT id FROM bank_statement_lines`)).toHaveLength(before.length);
    },
  );
});

describe('a statement of 50,000 entries', () => {
  const many = 50_000;

  it('is imported line by line', async () => {
    const entries = Array.from({ length: many }, (_, index) => ({ reference: `B-${index}`, amount: '1.00' }));
    const { body } = await bank.send(camt('S-1', entries, { opening: '60000.00', closing: '10000.00' }));
    expect(body).toMatchObject({ added: many, warnings: [], waiting: many });
  }, 120_000);

  it('is read in a process that has 40 MB for everything it keeps', async () => {
    const reader = new URL('../../dist/payments/statements/camt053/camt053.js', import.meta.url);
    const [head, tail] = camt('S-1', [], { opening: '1.00', closing: '1.00' }).split('</Stmt>') as [
      string,
      string,
    ];
    const program = `
      const { readCamt053 } = await import(${JSON.stringify(reader.href)});
      async function* chunks() {
        yield Buffer.from(${JSON.stringify(head)});
        for (let at = 0; at < ${many}; at += 1)
          yield Buffer.from(${JSON.stringify(entryOf({ reference: 'B-@', amount: '1.00' }))}.replaceAll('@', String(at)));
        yield Buffer.from(${JSON.stringify(`</Stmt>${tail}`)});
      }
      let lines = 0;
      for await (const { kind } of readCamt053(chunks())) if (kind === 'line') lines += 1;
      process.stdout.write(String(lines));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--max-old-space-size=40', '--input-type=module', '--eval', program],
    ]);
    expect(stdout).toBe(String(many));
  }, 120_000);
});
