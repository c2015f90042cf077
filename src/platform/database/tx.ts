import type { EntityManager, QueryRunner } from 'typeorm';
import type { Actor } from './actor.js';

export type Parameter = string | number | bigint | boolean | Date | Buffer | null | Parameter[];

/**
 * A database transaction: who acts, when, and the way to the rows. Whatever reads or writes money takes one
 * as its first argument; there is no other way in.
 */
export class Tx {
  private instant: Date;

  constructor(
    readonly manager: EntityManager,
    readonly actor: Actor,
    began: Date,
  ) {
    this.instant = began;
  }

  /** The instant at which the transaction began, by the injected clock; later where it had to wait: see `beAfter`. */
  get now(): Date {
    return this.instant;
  }

  /** What it does from here on happens after an instant that somebody has reported on meanwhile. */
  beAfter(reported: Date): void {
    if (this.instant <= reported) this.instant = new Date(reported.getTime() + 1);
  }

  /** The rows of a statement, whatever its verb. bigint and date arrive as `bigint` and 'YYYY-MM-DD'. */
  async rows<Row>(sql: string, parameters: Parameter[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, parameters as unknown[], true);
    return result.records as Row[];
  }

  /** The first row, or undefined. */
  async row<Row>(sql: string, parameters: Parameter[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0];
  }

  /** Runs a statement and says how many rows it touched. */
  async run(sql: string, parameters: Parameter[] = []): Promise<number> {
    const result = await this.runner.query(sql, parameters as unknown[], true);
    return result.affected ?? result.records.length;
  }

  private get runner(): QueryRunner {
    if (!this.manager.queryRunner) throw new Error('A Tx lives inside a transaction only.');
    return this.manager.queryRunner;
  }
}
