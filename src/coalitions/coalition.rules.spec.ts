import { describe, expect, it } from '@jest/globals';
import { changedTerms, type CoalitionTerms, refuseUnknownPlace } from './coalition.rules.js';

const harbour: CoalitionTerms = {
  name: 'Harbour Young People',
  commonAgenda: 'Ready for school by 2031.',
  kind: 'coordinating',
  timeZone: 'Europe/London',
  businessDay: 'following',
  holidays: 'GB-ENG',
};

describe('changedTerms', () => {
  it('keeps what is not named, and forgets what is null', () => {
    expect(changedTerms(harbour, { name: 'Harbour', holidays: null, kind: undefined })).toEqual({
      ...harbour,
      name: 'Harbour',
      holidays: null,
    });
  });

  it('refuses a place that nobody knows', () => {
    expect(() => changedTerms(harbour, { timeZone: 'London' })).toThrow(
      '“London” is no IANA time zone. Write one such as Europe/London.',
    );
  });
});

describe('refuseUnknownPlace', () => {
  it.each(['GB-ENG', 'DE-BY', 'US', 'SD', null])('knows the holidays of %s', (holidays) => {
    expect(() => refuseUnknownPlace({ timeZone: 'Africa/Khartoum', holidays })).not.toThrow();
  });

  it('names every field that is wrong', () => {
    expect(() => refuseUnknownPlace({ timeZone: '+01:00', holidays: 'England' })).toThrow(
      expect.objectContaining({
        code: 'ruleBroken',
        detail: '2 fields need a change.',
        fields: [
          expect.objectContaining({ pointer: '/timeZone' }),
          expect.objectContaining({ pointer: '/holidays' }),
        ],
      }),
    );
  });
});
