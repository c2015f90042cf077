import type { Day } from '../../../maths/day.js';
import type { CallState } from './drawdown.rules.js';
import type { DrawdownCall } from './drawdowns.read.js';

/** Whether something should have come by now and has not. */
export const isOverdue = ({ dueOn, state }: Pick<DrawdownCall, 'dueOn' | 'state'>, today: Day): boolean =>
  dueOn < today && (state === 'called' || state === 'partlyReceived');

/** The state of a call as its badge shows it. */
export const callStateShown = (call: DrawdownCall, today: Day): CallState | 'late' =>
  isOverdue(call, today) ? 'late' : call.state;

/** What a call asks for, in words. */
export const callKindText: Record<DrawdownCall['kind'], string> = {
  drawdown: 'Capital that was committed',
  twoSided: 'What is owed for poor outcomes',
  guarantee: 'What the guarantee covers',
};
