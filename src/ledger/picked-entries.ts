import type { Parameter } from '../platform/database/tx.js';

/**
 * Which journal entries `e` of a pool count, as SQL: those before a period, those within it, and both. `$1` is the pool;
 * what a query needs besides comes after these parameters.
 */
export interface PickedEntries {
  parameters: Parameter[];
  before: string;
  within: string;
  until: string;
}
