import type { Tx } from '../platform/database/tx.js';
import { audit } from '../platform/audit/audit.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { Shown } from '../platform/http/answers.js';
import { Choices, OptionalChoices } from '../platform/http/fields.js';
import type { Role } from '../platform/http/request.js';
import { type KeyedSubjectKind, keyedSubjectKinds } from './decision-subjects.js';

/** The seats that may vote where a coalition says so. The backbone and observers never do. */
export const mayVote: Role[] = ['funder', 'partner', 'finance', 'approver', 'verifier'];

/** Which seats vote, and what takes a passed decision. */
export class SetDecisionSettings {
  @Choices(mayVote, { example: ['funder', 'partner'] }) votingRoles!: Role[];
  @OptionalChoices(keyedSubjectKinds, { description: 'What is refused without a decision that passed' })
  neededFor?: KeyedSubjectKind[];
}

export class DecisionSettingsAnswer {
  @Shown({ type: [String], enum: mayVote, isArray: true }) votingRoles!: Role[];
  @Shown({ type: [String], enum: keyedSubjectKinds, isArray: true }) neededFor!: KeyedSubjectKind[];
  @Shown({ type: 'integer' }) version!: number;
}

/** Those of a coalition; before it says so, funders and partners vote, and nothing takes a decision. */
export async function readDecisionSettings(tx: Tx, coalitionId: string): Promise<DecisionSettingsAnswer> {
  const row = await tx.row<DecisionSettingsAnswer>(
    `SELECT voting_roles AS "votingRoles", needed_for AS "neededFor", version FROM decision_settings WHERE coalition_id = $1`,
    [coalitionId],
  );
  return row ?? { votingRoles: ['funder', 'partner'], neededFor: [], version: 1 };
}

/** Votes that are open keep the roll with which they opened. @throws staleVersion */
export async function setDecisionSettings(
  tx: Tx,
  coalitionId: string,
  version: number,
  command: SetDecisionSettings,
): Promise<DecisionSettingsAnswer> {
  const before = await readDecisionSettings(tx, coalitionId);
  const votingRoles = mayVote.filter((role) => command.votingRoles.includes(role));
  const neededFor = keyedSubjectKinds.filter((kind) => command.neededFor?.includes(kind));
  const changed = await tx.run(
    `INSERT INTO decision_settings AS s (coalition_id, voting_roles, needed_for, version) VALUES ($1, $2, $3, $4::int + 1)
     ON CONFLICT (coalition_id) DO UPDATE SET voting_roles = EXCLUDED.voting_roles, needed_for = EXCLUDED.needed_for,
       version = s.version + 1 WHERE s.version = $4`,
    [coalitionId, votingRoles, neededFor, version],
  );
  if (changed !== 1 || before.version !== version)
    throw new DomainError('staleVersion', 'Somebody changed these settings meanwhile. Look at them again.');
  const after = await readDecisionSettings(tx, coalitionId);
  const subject = { kind: 'coalition', id: coalitionId };
  await audit(tx, { coalitionId, action: 'coalition.decisionSettingsChanged', subject, before, after });
  return after;
}
