import type { InvitationAnswer } from '../account/invitation.dto.js';
import type { InvitationsService } from '../account/invitations.service.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import type { BackboneTermAnswer } from './backbone-term.dto.js';
import type { BackboneTermsService } from './backbone-terms.service.js';
import { coalitionCalendar } from './coalition.js';
import type { Page } from '../platform/http/list.js';
import type { MembershipAnswer, MembershipsQuery } from './membership.dto.js';
import { organisationChoices } from './organisation-choices.js';
import type { MembershipsService } from './memberships.service.js';

/** Who belongs to a coalition, and which organisation serves it. */
export interface PeopleView {
  coalitionId: string;
  seats: Page<MembershipAnswer>;
  query: MembershipsQuery;
  organisations: { value: string; label: string }[];
  terms: BackboneTermAnswer[];
  /** What was sent and not accepted; for the backbone only. */
  invitations: InvitationAnswer[];
  /** How many those are, were they more than are shown. */
  invitationsInAll: number;
  timeZone: string;
  today: Day;
}

export interface PeopleServices {
  memberships: MembershipsService;
  terms: BackboneTermsService;
  invitations: InvitationsService;
}

const mostTerms = 50;
const nothing: Page<InvitationAnswer> = { items: [], total: 0, nextCursor: null };
const mostInvitations = 50;

export async function readPeople(
  tx: Tx,
  services: PeopleServices,
  coalitionId: string,
  query: MembershipsQuery,
  isBackbone: boolean,
): Promise<PeopleView> {
  const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
  const terms = await services.terms.list(tx, coalitionId, { limit: mostTerms, sort: '-sinceOn' });
  const waiting = async (state: 'open' | 'expired') =>
    isBackbone ? services.invitations.list(tx, coalitionId, { state, limit: mostInvitations }) : nothing;
  const [open, expired] = [await waiting('open'), await waiting('expired')];
  return {
    coalitionId,
    seats: await services.memberships.list(tx, coalitionId, query),
    query,
    organisations: await organisationChoices(tx, coalitionId),
    terms: terms.items,
    invitations: [...open.items, ...expired.items],
    invitationsInAll: open.total + expired.total,
    timeZone,
    today,
  };
}
