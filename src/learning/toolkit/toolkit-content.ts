import type { Day } from '../../maths/day.js';
import type { DrawnCurve } from '../../web/charts/curve.js';

/** The curve of an indicator, as everybody may see it. */
export interface SharedCurve extends Omit<DrawnCurve, 'actions' | 'today'> {
  definition: string;
  places: number;
}

export interface SharedEntry {
  title: string;
  happenedOn: Day;
  action: string;
  observation: string;
  reflection: string;
  nextStep: string;
  tags: string[];
  /** Null unless the coalition chose to name people. */
  author: string | null;
}

export interface SharedDecision {
  reference: string;
  title: string;
  motion: string;
  outcome: 'passed' | 'failed';
  decidedOn: Day;
}

/**
 * Everything that the public sees of a toolkit, and nothing more: no id leads back into the coalition, and there is no
 * field for money, for what somebody gave, or for what may be owed to whom.
 */
export interface ToolkitContent {
  coalition: string;
  title: string;
  introduction: string;
  pages: { title: string; body: string }[];
  goals: { name: string; description: string; horizonOn: Day; curves: SharedCurve[] }[];
  entries: SharedEntry[];
  decisions: SharedDecision[];
}
