import type { Day } from '../maths/day.js';
import { type HistoryEvent, historyOf } from '../platform/audit/history.js';
import type { Tx } from '../platform/database/tx.js';
import { overseers } from '../platform/http/access.js';
import type { Access } from '../platform/http/request.js';
import { coalitionCalendar } from './coalition.js';
import type { MembershipAnswer } from './membership.dto.js';
import type { MembershipsService } from './memberships.service.js';
import type { OrganisationAnswer } from './organisation.dto.js';
import type { OrganisationsService } from './organisations.service.js';

/** A pledge or a grant of the organisation, in minor units. */
export interface Promised {
  id: string;
  kind: 'pledge' | 'grant';
  reference: string;
  title: string;
  state: string;
  amount: bigint;
  currency: string;
  /** How many there are in all. */
  inAll: number;
}

export interface OrganisationView {
  organisation: OrganisationAnswer;
  seats: MembershipAnswer[];
  /** Null for whoever may not see this organisation's money. */
  promised: Promised[] | null;
  /** How many seats and promises are not shown here, because there are so many. */
  more: { seats: number; promised: number };
  history: HistoryEvent[];
  timeZone: string;
  today: Day;
}

const mostSeats = 200;
const mostPromised = 100;

/** An organisation with its people, and its pledges and grants for those who may see them. */
export async function readOrganisationView(
  tx: Tx,
  services: { organisations: OrganisationsService; memberships: MembershipsService },
  organisationId: string,
  access: Access,
): Promise<OrganisationView> {
  const organisation = await services.organisations.read(tx, organisationId);
  const { timeZone, today } = await coalitionCalendar(tx, organisation.coalitionId);
  const seats = await services.memberships.list(tx, organisation.coalitionId, {
    organisationId,
    limit: mostSeats,
  });
  const promised = seesMoneyOf(access, organisationId) ? await readPromised(tx, organisationId) : null;
  return {
    organisation,
    seats: seats.items,
    promised,
    more: {
      seats: seats.total - seats.items.length,
      promised: (promised?.[0]?.inAll ?? 0) - (promised?.length ?? 0),
    },
    history: await historyOf(tx, { kind: 'organisation', id: organisationId }),
    timeZone,
    today,
  };
}

/** Those who see the whole of the coalition's money, and the organisation's own people. */
function seesMoneyOf({ roles, organisationIds }: Access, organisationId: string): boolean {
  return roles.some((role) => overseers.includes(role)) || organisationIds.includes(organisationId);
}

function readPromised(tx: Tx, organisationId: string): Promise<Promised[]> {
  return tx.rows<Promised>(
    `SELECT *, (count(*) OVER ())::int AS "inAll" FROM (
     SELECT d.id, 'pledge' AS kind, d.reference, p.name AS title, d.state, d.amount, d.currency
     FROM pledges d JOIN pools p ON p.id = d.pool_id WHERE d.funder_id = $1
     UNION ALL
     SELECT g.id, 'grant', g.reference, g.title, g.state, g.amount, g.currency
     FROM grants g WHERE g.organisation_id = $1) AS promise
     ORDER BY kind DESC, reference LIMIT ${mostPromised}`,
    [organisationId],
  );
}
