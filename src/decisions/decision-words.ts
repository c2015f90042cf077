import type { RecusalGround } from './conflict.rules.js';
import type { DecisionMethod, VotingRule } from './decision.rules.js';
import type { DecisionSubjectKind, KeyedSubjectKind } from './decision-subjects.js';

/** What the ways of voting are called. */
export const methodWords: Record<DecisionMethod, { label: string; note: string }> = {
  motion: { label: 'For or against', note: 'A plain motion.' },
  choice: { label: 'Between options', note: 'Two to ten of them, named below.' },
};

export const ruleChoices: Record<VotingRule, { label: string; note: string }> = {
  majority: { label: 'More than half of the votes', note: 'Of those cast; abstentions are none.' },
  twoThirds: { label: 'Two thirds of the votes', note: 'Of those cast, on a plain motion.' },
  unanimous: { label: 'All of the votes', note: 'Nobody is against it, on a plain motion.' },
  plurality: {
    label: 'The most',
    note: 'Between options: the one with the most votes. A tie carries nothing.',
  },
};

export const subjectWords: Record<DecisionSubjectKind, string> = {
  general: 'A general motion',
  grantAward: 'The award of a grant',
  grantAmendment: 'The amendment of a grant',
  conditionWaiver: 'The waiver of a condition',
  poolPolicy: 'The policies of a pool',
};

export const neededForWords: Record<KeyedSubjectKind, { label: string; note: string }> = {
  grantAward: { label: 'Awarding a grant', note: 'Approvers name the decision when they award.' },
  grantAmendment: { label: 'Amending a grant', note: 'Whoever asks for it names the decision.' },
  conditionWaiver: { label: 'Waiving a condition', note: 'Whoever asks for it names the decision.' },
  poolPolicy: { label: 'Changing the policies of a pool', note: 'A new name alone is no policy.' },
};

export const groundWords: Record<RecusalGround, string> = {
  seat: 'Found by their seat',
  employer: 'Found by their employer',
  register: 'Found in the register',
  declared: 'Declared for this motion',
};
