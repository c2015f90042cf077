import { Injectable } from '@nestjs/common';
import { viewsOfPage } from '../account/saved-views/saved-views.service.js';
import { countUnread } from '../notices/inbox/inbox.service.js';
import type { PersonActor } from '../platform/database/actor.js';
import type { Tx } from '../platform/database/tx.js';
import { countWaiting } from '../pools/approvals/approvals.read.js';
import { poolPosition } from '../pools/pool-position.js';
import { ShellFigures, type Surroundings } from '../web/shell-figures.js';

/** What the shell shows around every page: my coalitions, what the pool can pay out today, what waits for me. */
@Injectable()
export class ShellFiguresService extends ShellFigures {
  async of(tx: Tx, actor: PersonActor, coalitionId: string | null, path: string): Promise<Surroundings> {
    const coalitions = await tx.rows<{ id: string; name: string }>(
      `SELECT id, name FROM coalitions ORDER BY name`,
    );
    const coalition = coalitions.find(({ id }) => id === coalitionId) ?? null;
    return {
      coalitions,
      coalition: coalition && { ...coalition, available: await this.available(tx, actor, coalition.id) },
      needsMe: await countWaiting(tx, actor.personId),
      unread: await countUnread(tx, actor.personId),
      views: await viewsOfPage(tx, actor.personId, path),
    };
  }

  /** The oldest pool of the coalition, for those who may see its money: a partner sees its own grants only. */
  private async available(tx: Tx, actor: PersonActor, coalitionId: string) {
    const pool = await tx.row<{ id: string; name: string; currency: string }>(
      `SELECT id, name, currency FROM pools p WHERE coalition_id = $1 AND EXISTS (
         SELECT 1 FROM memberships m WHERE m.coalition_id = p.coalition_id AND m.person_id = $2 AND m.role <> 'partner'
           AND m.since_on <= $3 AND (m.until_on IS NULL OR m.until_on >= $3))
       ORDER BY created_at, id LIMIT 1`,
      [coalitionId, actor.personId, tx.now.toISOString().slice(0, 10)],
    );
    if (!pool) return undefined;
    const { availableToDisburse } = await poolPosition(tx, pool.id);
    return {
      minor: availableToDisburse,
      currency: pool.currency,
      poolName: pool.name,
      href: `/pools/${pool.id}`,
    };
  }
}
