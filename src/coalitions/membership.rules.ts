import { addDays, compareDays, type Day, dayInZone } from '../maths/day.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import type { Role } from '../platform/http/request.js';
import { overlap, type Period, refuseOddPeriod } from './period.js';

/** Roles that are held on behalf of an organisation, because money comes from it or goes to it. */
const moneyRoles: readonly Role[] = ['funder', 'partner'];

/** Roles that release or record money: nobody gives them to themself, or gives up their own. */
const checkerRoles: readonly Role[] = ['approver', 'finance'];

export interface NewSeat extends Period {
  personId: string;
  role: Role;
  organisation: { id: string; name: string } | null;
}

export interface SeatSurroundings {
  /** Who gives the seat; null where it is no person. */
  givenBy: string | null;
  /** The periods in which this person holds the same seat already. */
  held: readonly Period[];
  /** The terms in which the organisation serves as the backbone. */
  terms: readonly Period[];
}

/** Refuses a seat that the coalition may not give. */
export function refuseSeat(seat: NewSeat, { givenBy, held, terms }: SeatSurroundings): void {
  const { role, organisation } = seat;
  refuseOddPeriod(seat);
  if (moneyRoles.includes(role) && !organisation) {
    throw fieldError(
      'ruleBroken',
      '/organisationId',
      `A ${role} speaks for an organisation. Choose which one.`,
    );
  }
  if (checkerRoles.includes(role) && seat.personId === givenBy) {
    throw fieldError(
      'makerIsChecker',
      '/role',
      `Nobody gives themself the seat of ${role}. Ask another member of the backbone.`,
    );
  }
  if (held.some((period) => overlap(period, seat))) {
    throw fieldError(
      'alreadyExists',
      '/role',
      `This person holds the seat of ${role} in that time already. End that seat first.`,
    );
  }
  if (organisation && moneyRoles.includes(role) && terms.some((term) => overlap(term, seat))) {
    throw fieldError(
      'ruleBroken',
      '/organisationId',
      `${organisation.name} serves the coalition as its backbone in that time, so it can be neither a funder nor a ` +
        'grantee. Choose another organisation, or other dates.',
    );
  }
}

export interface EndingSeat extends Period {
  personId: string;
  role: Role;
}

export interface EndingSurroundings {
  /** Who ends the seat; null where it is no person. */
  endedBy: string | null;
  today: Day;
  /** The other backbone seats of the coalition. */
  otherBackbone: readonly Period[];
}

/** Refuses to end a seat on `lastDay` where the coalition would be left without a backbone, or a checker alone. */
export function refuseEnd(
  seat: EndingSeat,
  lastDay: Day,
  { endedBy, today, otherBackbone }: EndingSurroundings,
): void {
  if (seat.untilOn !== null && compareDays(seat.untilOn, today) < 0) {
    throw new DomainError(
      'stateForbids',
      `This seat ended on ${seat.untilOn} already. Give a new one instead.`,
    );
  }
  refuseOddPeriod({ sinceOn: seat.sinceOn, untilOn: lastDay });
  if (checkerRoles.includes(seat.role) && seat.personId === endedBy) {
    throw new DomainError(
      'makerIsChecker',
      `Nobody ends their own seat of ${seat.role}. Ask another member of the backbone.`,
    );
  }
  const dayAfter = addDays(lastDay, 1);
  const staysOn = ({ sinceOn, untilOn }: Period) => untilOn === null && compareDays(sinceOn, dayAfter) <= 0;
  if (seat.role === 'backbone' && !otherBackbone.some(staysOn)) {
    throw new DomainError(
      'ruleBroken',
      `From ${dayAfter} on nobody would hold a backbone seat. Give somebody else an open-ended one first.`,
    );
  }
}

/**
 * The first day of a seat that is given now: today in the coalition's time zone, or by UTC where that is earlier.
 * Row-level security reads days by UTC, so a seat given on an eastern morning would else open hours late.
 */
export function firstDayOfSeat(now: Date, timeZone: string): Day {
  const there = dayInZone(now, timeZone);
  const byUtc = dayInZone(now, 'UTC');
  return compareDays(there, byUtc) < 0 ? there : byUtc;
}
