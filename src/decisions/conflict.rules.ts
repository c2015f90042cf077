import type { Day } from '../maths/day.js';
import { dayText } from '../web/format.js';

export const recusalGrounds = ['register', 'seat', 'employer', 'declared'] as const;
export type RecusalGround = (typeof recusalGrounds)[number];

/** What ties a person to the organisation that a motion would benefit. */
export interface Tie {
  personId: string;
  ground: Exclude<RecusalGround, 'declared'>;
  /** What the register says of it. */
  nature: string;
  sinceOn: Day;
}

export interface Conflict {
  personId: string;
  ground: Exclude<RecusalGround, 'declared'>;
  reason: string;
}

const strength: Conflict['ground'][] = ['seat', 'employer', 'register'];

/** One conflict for each person, the plainest tie first: they speak for it, work for it, or declared an interest. */
export function conflictsOf(ties: readonly Tie[], organisation: string): Conflict[] {
  const plainest = new Map<string, Tie>();
  for (const tie of ties) {
    const known = plainest.get(tie.personId);
    if (known && strength.indexOf(known.ground) <= strength.indexOf(tie.ground)) continue;
    plainest.set(tie.personId, tie);
  }
  return [...plainest.values()].map((tie) => ({
    personId: tie.personId,
    ground: tie.ground,
    reason: reasonOf(tie, organisation),
  }));
}

function reasonOf({ ground, nature, sinceOn }: Tie, organisation: string): string {
  const since = dayText(sinceOn, 'en-GB');
  switch (ground) {
    case 'seat':
      return `Speaks for ${organisation}, which it concerns.`;
    case 'employer':
      return `Has worked for ${organisation}, which it concerns, since ${since}.`;
    case 'register':
      return `Declared an interest in ${organisation}: ${nature}`;
  }
}
