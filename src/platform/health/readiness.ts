import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../tokens.js';

/** The names of all migrations that this program knows, oldest first. */
export const KNOWN_MIGRATIONS = Symbol('known migrations');
/** A database that takes longer to answer does not answer. */
const PATIENCE_MS = 3_000;

/** Whether this process can do its work: the database answers, and has the schema that the program was written for. */
@Injectable()
export class Readiness implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KNOWN_MIGRATIONS) private readonly known: readonly string[],
  ) {}

  /** Production does not begin on an older schema: what it writes there could be wrong. */
  async onModuleInit(): Promise<void> {
    if (this.config.environment !== 'production') return;
    const pending = await this.pendingMigrations();
    if (pending.length > 0) {
      throw new Error(`${lacking(pending)} Run \`npm run cli -- migrate\` before you start this version.`);
    }
  }

  /** What is missing, a sentence each; nothing when the process is ready. */
  async missing(): Promise<string[]> {
    const tooLate = new AbortController();
    try {
      return await Promise.race([
        this.pendingMigrations().then((pending) => (pending.length > 0 ? [lacking(pending)] : [])),
        pause(PATIENCE_MS, ['The database does not answer.'], { signal: tooLate.signal }),
      ]);
    } catch {
      return ['The database cannot be reached.'];
    } finally {
      tooLate.abort();
    }
  }

  private async pendingMigrations(): Promise<string[]> {
    const applied = await this.source.query<{ name: string }[]>(`SELECT name FROM migrations`);
    const names = new Set(applied.map(({ name }) => name));
    return this.known.filter((name) => !names.has(name));
  }
}

const lacking = (pending: string[]): string =>
  `The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`} (${pending.join(', ')}).`;
