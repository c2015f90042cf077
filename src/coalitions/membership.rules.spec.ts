import { describe, expect, it } from '@jest/globals';
import {
  type EndingSeat,
  type EndingSurroundings,
  firstDayOfSeat,
  type NewSeat,
  refuseEnd,
  refuseSeat,
  type SeatSurroundings,
} from './membership.rules.js';

const foundation = { id: 'o1', name: 'Harbour Foundation' };

const seat = (seat: Partial<NewSeat> = {}): NewSeat => ({
  personId: 'ben',
  role: 'funder',
  organisation: foundation,
  sinceOn: '2026-11-23',
  untilOn: null,
  ...seat,
});

const around = (surroundings: Partial<SeatSurroundings> = {}): SeatSurroundings => ({
  givenBy: 'ana',
  held: [],
  terms: [],
  ...surroundings,
});

const refusal = (code: string, pointer: string, message: string) =>
  expect.objectContaining({ code, fields: [{ pointer, code, message }] });

describe('refuseSeat', () => {
  it('takes a funder with an organisation, and an observer without one', () => {
    expect(() => refuseSeat(seat(), around())).not.toThrow();
    expect(() => refuseSeat(seat({ role: 'observer', organisation: null }), around())).not.toThrow();
  });

  it.each(['funder', 'partner'] as const)('refuses a %s without an organisation', (role) => {
    expect(() => refuseSeat(seat({ role, organisation: null }), around())).toThrow(
      refusal('ruleBroken', '/organisationId', `A ${role} speaks for an organisation. Choose which one.`),
    );
  });

  it.each(['approver', 'finance'] as const)('refuses that somebody gives themself the seat of %s', (role) => {
    const own = seat({ role, organisation: null, personId: 'ana' });
    expect(() => refuseSeat(own, around())).toThrow(
      refusal(
        'makerIsChecker',
        '/role',
        `Nobody gives themself the seat of ${role}. Ask another member of the backbone.`,
      ),
    );
    expect(() => refuseSeat(own, around({ givenBy: 'ben' }))).not.toThrow();
  });

  it('refuses the same seat twice at once, and takes it again after it ended', () => {
    const held = [{ sinceOn: '2025-01-01', untilOn: '2026-11-23' }];
    expect(() => refuseSeat(seat(), around({ held }))).toThrow(
      'This person holds the seat of funder in that time already. End that seat first.',
    );
    expect(() => refuseSeat(seat({ sinceOn: '2026-11-24' }), around({ held }))).not.toThrow();
  });

  it('refuses a funder or partner of the organisation that serves as the backbone in that time', () => {
    const terms = [{ sinceOn: '2027-01-01', untilOn: null }];
    for (const role of ['funder', 'partner'] as const) {
      expect(() => refuseSeat(seat({ role }), around({ terms }))).toThrow(/Harbour Foundation serves/);
    }
    expect(() => refuseSeat(seat({ untilOn: '2026-12-31' }), around({ terms }))).not.toThrow();
    expect(() => refuseSeat(seat({ role: 'backbone' }), around({ terms }))).not.toThrow();
  });
});

const ending = (seat: Partial<EndingSeat> = {}): EndingSeat => ({
  personId: 'ben',
  role: 'backbone',
  sinceOn: '2026-01-01',
  untilOn: null,
  ...seat,
});

const others = (surroundings: Partial<EndingSurroundings> = {}): EndingSurroundings => ({
  endedBy: 'ana',
  today: '2026-11-23',
  otherBackbone: [{ sinceOn: '2026-01-01', untilOn: null }],
  ...surroundings,
});

describe('refuseEnd', () => {
  it('takes an end today, in the past and in the future', () => {
    for (const lastDay of ['2026-11-23', '2026-11-01', '2027-03-31']) {
      expect(() => refuseEnd(ending(), lastDay, others())).not.toThrow();
    }
  });

  it('refuses to leave the coalition without a backbone', () => {
    const message =
      'From 2026-11-24 on nobody would hold a backbone seat. Give somebody else an open-ended one first.';
    expect(() => refuseEnd(ending(), '2026-11-23', others({ otherBackbone: [] }))).toThrow(message);
    // Somebody whose own last day is set already does not carry it on.
    const leaving = [{ sinceOn: '2026-01-01', untilOn: '2027-01-31' }];
    expect(() => refuseEnd(ending(), '2026-11-23', others({ otherBackbone: leaving }))).toThrow(message);
    const later = [{ sinceOn: '2026-11-25', untilOn: null }];
    expect(() => refuseEnd(ending(), '2026-11-23', others({ otherBackbone: later }))).toThrow(message);
    const next = [{ sinceOn: '2026-11-24', untilOn: null }];
    expect(() => refuseEnd(ending(), '2026-11-23', others({ otherBackbone: next }))).not.toThrow();
    expect(() =>
      refuseEnd(ending({ role: 'observer' }), '2026-11-23', others({ otherBackbone: [] })),
    ).not.toThrow();
  });

  it('refuses that somebody ends their own seat of approver', () => {
    expect(() => refuseEnd(ending({ role: 'approver', personId: 'ana' }), '2026-11-23', others())).toThrow(
      'Nobody ends their own seat of approver. Ask another member of the backbone.',
    );
  });

  it('refuses what has ended, and an end before the beginning', () => {
    expect(() => refuseEnd(ending({ untilOn: '2026-11-22' }), '2026-11-23', others())).toThrow(
      'This seat ended on 2026-11-22 already. Give a new one instead.',
    );
    expect(() => refuseEnd(ending(), '2025-12-31', others())).toThrow('It would end before it begins.');
  });
});

describe('firstDayOfSeat', () => {
  it('is today there, or the day by UTC where that is earlier', () => {
    const evening = new Date('2026-11-23T20:00:00Z');
    expect(firstDayOfSeat(evening, 'Europe/London')).toBe('2026-11-23');
    expect(firstDayOfSeat(evening, 'Pacific/Auckland')).toBe('2026-11-23');
    expect(firstDayOfSeat(new Date('2026-11-23T05:00:00Z'), 'Pacific/Honolulu')).toBe('2026-11-22');
  });
});
