import type { PersonActor } from '../platform/database/actor.js';
import type { Tx } from '../platform/database/tx.js';
import type { PageCoalition, SavedView } from './page-context.js';

export interface Surroundings {
  coalition: Omit<PageCoalition, 'roles'> | null;
  coalitions: readonly { id: string; name: string }[];
  needsMe: number;
  unread: number;
  views: readonly SavedView[];
}

/** What the shell shows around every page. It comes from rooms that the web does not know, hence the promise. */
export abstract class ShellFigures {
  abstract of(tx: Tx, actor: PersonActor, coalitionId: string | null, path: string): Promise<Surroundings>;
}
