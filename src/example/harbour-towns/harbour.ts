import type { Access } from '../../platform/http/request.js';
import type { ExampleWorld } from '../example-world.js';

/** The harbour's organisations, goals and pool, by what the story calls them. */
export interface Harbour {
  coalitionId: string;
  poolId: string;
  organisations: Record<Funder | Partner, string>;
  goals: Record<'school' | 'safe', string>;
  /** Saved schedules. */
  templates: Record<'halfYearly', string>;
}
export type Funder = 'north' | 'council' | 'lanyard' | 'noordzee';
export type Partner = 'stream' | 'hill' | 'quayside';

export type GrantTerms = Parameters<ExampleWorld['grants']['draft']>[2];

/** Finance may record what any funder has signed. */
export const financeAccess = (coalitionId: string): Access => ({
  coalitionId,
  roles: ['finance'],
  organisationIds: [],
});

/** Enough people sign what was asked for; with fewer it goes on waiting. */
export async function sign(world: ExampleWorld, approvalId: string, most = 2): Promise<void> {
  const { approver, secondApprover } = world.people;
  for (const person of [approver, secondApprover].slice(0, most)) {
    await world.as(person, async (tx) => {
      const approval = await tx.row<{ hash: string; state: string }>(
        `SELECT content_hash AS hash, state FROM approvals WHERE id = $1`,
        [approvalId],
      );
      if (approval?.state === 'open') await world.approvals.approve(tx, approvalId, approval.hash);
    });
  }
}
