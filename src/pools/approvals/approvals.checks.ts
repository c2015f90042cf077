import { waitingChecks } from '../../notices/waiting/waiting-checks.js';
import type { Check } from '../../platform/verify/check.js';

/** What is always true of telling people of what waits for their approval. */
export const approvalsChecks: Check[] = waitingChecks(
  'approval.remind',
  'approval',
  `(SELECT id, state = 'open' AS is_open, made_by AS asked_by FROM approvals)`,
);
