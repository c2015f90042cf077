import type { Tx } from '../platform/database/tx.js';
import { Notice } from '../web/components/problem.js';
import { ChoiceField, type Option } from '../web/forms/fields.js';
import { readDecisionSettings } from './decision-settings.js';
import type { KeyedSubjectKind } from './decision-subjects.js';
import { keysFor } from './decisions.read.js';

/** The decisions that may be named for something, and whether one must be. */
export interface KeyChoice {
  keys: Option[];
  isNeeded: boolean;
}

export async function readKeyChoice(
  tx: Tx,
  coalitionId: string,
  subject: { kind: KeyedSubjectKind; id: string },
): Promise<KeyChoice> {
  const { neededFor } = await readDecisionSettings(tx, coalitionId);
  return { keys: await keysFor(tx, subject), isNeeded: neededFor.includes(subject.kind) };
}

/** Names the decision that allows what the form does; says so where one is needed and none has passed. */
export function DecisionKeyField({ choice: { keys, isNeeded } }: { choice: KeyChoice }) {
  if (keys.length === 0)
    return isNeeded ? (
      <Notice
        kind="warning"
        text="The coalition decides on this first: no decision that passed is about it yet."
      />
    ) : null;
  return (
    <ChoiceField
      name="decisionId"
      label="Decision of the coalition"
      placeholder={isNeeded ? 'Choose' : 'None'}
      options={keys}
      optional={!isNeeded}
      help="It passed and is about just this. It is used by it, once."
    />
  );
}
