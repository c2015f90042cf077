import type { InvitationAnswer } from '../account/invitation.dto.js';
import type { InvitationsService } from '../account/invitations.service.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import type { BackboneTermAnswer } from './backbone-term.dto.js';
import type { BackboneTermsService } from './backbone-terms.service.js';
import { coalitionCalendar } from './coalition.js';
import type { MembershipAnswer } from './membership.dto.js';
import type { MembershipsService } from './memberships.service.js';
import { type SeatedPerson, seatedPeople } from './people.js';

/** Who belongs to a coalition, and which organisation serves it. */
export interface PeopleView {
  coalitionId: string;
  people: SeatedPerson[];
  past: MembershipAnswer[];
  /** True where the list is longer than the page. */
  isCut: boolean;
  terms: BackboneTermAnswer[];
  /** What was sent and not accepted; for the backbone only. */
  invitations: InvitationAnswer[];
  timeZone: string;
  today: Day;
}

export interface PeopleServices {
  memberships: MembershipsService;
  terms: BackboneTermsService;
  invitations: InvitationsService;
}

const mostSeats = 500;
const mostTerms = 50;

export async function readPeople(
  tx: Tx,
  services: PeopleServices,
  coalitionId: string,
  isBackbone: boolean,
): Promise<PeopleView> {
  const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
  const seats = await services.memberships.list(tx, coalitionId, { limit: mostSeats });
  const terms = await services.terms.list(tx, coalitionId, { limit: mostTerms });
  const invitations = isBackbone
    ? (await services.invitations.list(tx, coalitionId, { limit: mostSeats })).items
    : [];
  return {
    coalitionId,
    people: seatedPeople(seats.items),
    past: seats.items.filter(({ standing }) => standing === 'ended'),
    isCut: seats.nextCursor !== null,
    terms: terms.items,
    invitations: invitations.filter(({ state }) => state === 'open' || state === 'expired'),
    timeZone,
    today,
  };
}
