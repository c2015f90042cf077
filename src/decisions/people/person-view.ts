import { type AffiliationAnswer } from '../../coalitions/affiliation.dto.js';
import type { AffiliationsService } from '../../coalitions/affiliations.service.js';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { MembershipAnswer } from '../../coalitions/membership.dto.js';
import type { MembershipsService } from '../../coalitions/memberships.service.js';
import { findPerson, type PersonHere } from '../../coalitions/persons-here.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { DecisionState } from '../decision.rules.js';
import type { InterestAnswer } from '../interests/interest.dto.js';
import type { InterestsService } from '../interests/interests.service.js';

/** A motion that a person was on the roll of. */
export interface PersonVote {
  id: string;
  number: number;
  title: string;
  state: DecisionState;
  options: string[];
  seat: string;
  openedAt: Date;
  hasVoted: boolean;
  /** Null also while whoever looks may not see it. */
  choice: number | null;
  isRecused: boolean;
  dissent: string | null;
}

export interface PersonView {
  coalitionId: string;
  person: PersonHere;
  seats: MembershipAnswer[];
  employers: AffiliationAnswer[];
  interests: InterestAnswer[];
  votes: PersonVote[];
  /** Who looks is the person. */
  isOwn: boolean;
  timeZone: string;
  today: Day;
}

interface Services {
  memberships: MembershipsService;
  affiliations: AffiliationsService;
  interests: InterestsService;
}

const most = 200;

/** Who a person is in a coalition: seats, employers, interests and votes over time. @throws notFound */
export async function readPersonView(
  tx: Tx,
  { memberships, affiliations, interests }: Services,
  coalitionId: string,
  personId: string,
): Promise<PersonView> {
  const person = await findPerson(tx, coalitionId, personId);
  const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
  const query = { personId: person.id, limit: most };
  return {
    ...{ coalitionId, person, timeZone, today, isOwn: person.id === tx.actor.personId },
    seats: (await memberships.list(tx, coalitionId, { ...query, sort: '-sinceOn' })).items,
    employers: (await affiliations.list(tx, coalitionId, query)).items,
    interests: (await interests.list(tx, coalitionId, { ...query, sort: '-sinceOn' })).items,
    votes: await votesOf(tx, coalitionId, person.id),
  };
}

/** How somebody voted, newest first: as the page of the decision would show it to whoever looks. */
const votesOf = (tx: Tx, coalitionId: string, personId: string): Promise<PersonVote[]> =>
  tx.rows<PersonVote>(
    `SELECT d.id, d.number, d.title, d.state, d.options, v.seat, d.opened_at AS "openedAt", b.id IS NOT NULL AS "hasVoted",
       CASE WHEN seen.is THEN b.choice END AS choice, r.id IS NOT NULL AS "isRecused",
       CASE WHEN seen.is THEN (SELECT string_agg(w.words, E'\\n\\n' ORDER BY w.at, w.id) FROM decision_dissents w
         WHERE w.decision_id = d.id AND w.person_id = $2) END AS dissent
     FROM decision_voters v JOIN decisions d ON d.id = v.decision_id
     LEFT JOIN decision_recusals r ON r.decision_id = d.id AND r.person_id = v.person_id
     LEFT JOIN decision_ballots b ON b.decision_id = d.id AND b.person_id = v.person_id
       AND NOT EXISTS (SELECT 1 FROM decision_ballots n WHERE n.supersedes_id = b.id)
     CROSS JOIN LATERAL (SELECT d.state <> 'open' OR v.person_id = $3 OR EXISTS (
       SELECT 1 FROM decision_ballots o WHERE o.decision_id = d.id AND o.person_id = $3) AS is) AS seen
     WHERE d.coalition_id = $1 AND v.person_id = $2 ORDER BY d.number DESC LIMIT ${most}`,
    [coalitionId, personId, tx.actor.personId ?? null],
  );
