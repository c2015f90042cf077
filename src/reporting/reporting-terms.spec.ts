import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReportingFrequency, reportingFrequencies } from '../grants/grant.rules.js';
import {
  daysReached,
  type ReportingDetails,
  reportingAlignments,
  reportingDueRules,
  requireReporting,
  usualReporting,
} from '../grants/reporting-terms.js';
import { dueText, howOftenText, setUpText } from '../grants/reporting-words.js';
import { holidayCalendar, isBusinessDay } from '../maths/business-day.js';
import { addDays, addMonths, type Day } from '../maths/day.js';
import { remindersOf, usualLadder } from './reminder.rules.js';
import { reportingPeriods } from './reporting-period.rules.js';
import { standingOf } from './spend-report.rules.js';

const england = holidayCalendar('GB-ENG');
const term = { startOn: '2027-01-01', endOn: '2027-12-31' };

const periods = (
  frequency: ReportingFrequency,
  details: Partial<ReportingDetails>,
  { startOn, endOn } = term,
  dueAfterDays = 10,
) => {
  const agreed = { ...usualReporting, ...details };
  return reportingPeriods({ startOn, endOn, frequency, dueAfterDays, details: agreed, calendar: england });
};
const spans = (...terms: Parameters<typeof periods>) => periods(...terms).map(({ from, to }) => [from, to]);
const days = (...on: Day[]) => on.map((day) => ({ on: day, name: null }));

describe('periods of the calendar', () => {
  it('end with its quarters, though the first and the last are short ones', () => {
    expect(
      spans('quarterly', { alignedTo: 'calendar' }, { startOn: '2027-02-15', endOn: '2027-11-10' }),
    ).toEqual([
      ['2027-02-15', '2027-03-31'],
      ['2027-04-01', '2027-06-30'],
      ['2027-07-01', '2027-09-30'],
      ['2027-10-01', '2027-11-10'],
    ]);
    expect(
      spans('yearly', { alignedTo: 'calendar' }, { startOn: '2027-12-31', endOn: '2028-12-31' }),
    ).toEqual([
      ['2027-12-31', '2027-12-31'],
      ['2028-01-01', '2028-12-31'],
    ]);
  });
});

describe('periods that end on days of their own', () => {
  it('end there, and the last with the grant', () => {
    const own = days('2027-02-28', '2027-08-31');
    for (const frequency of ['ownDates', 'milestone'] as const) {
      expect(spans(frequency, { days: own })).toEqual([
        ['2027-01-01', '2027-02-28'],
        ['2027-03-01', '2027-08-31'],
        ['2027-09-01', '2027-12-31'],
      ]);
    }
  });

  it('follow a term that was shortened', () => {
    const shorter = { startOn: '2027-01-01', endOn: '2027-06-15' };
    expect(spans('ownDates', { days: days('2027-02-28', '2027-08-31') }, shorter)).toEqual([
      ['2027-01-01', '2027-02-28'],
      ['2027-03-01', '2027-06-15'],
    ]);
  });
});

describe('a due date', () => {
  it('is counted in working days, and no holiday is one', () => {
    // 3 May 2027 is a bank holiday in England; 1 and 2 May are a weekend.
    const [april] = periods('ownDates', { dueBy: 'workingDays', days: days('2027-04-30') }, term, 1);
    expect(april).toMatchObject({ to: '2027-04-30', dueOn: '2027-05-04', lateAfter: '2027-05-04' });
    const [tenth] = periods('ownDates', { dueBy: 'workingDays', days: days('2027-04-30') }, term, 10);
    expect(tenth!.dueOn).toBe('2027-05-17');
  });

  it('is the last working day of the month after: Monday 31 May 2027 is a bank holiday', () => {
    const [april] = periods('ownDates', { dueBy: 'lastWorkingDay', days: days('2027-04-30') });
    expect(april!.dueOn).toBe('2027-05-28');
    const [midst] = periods('ownDates', { dueBy: 'lastWorkingDay', days: days('2027-01-15') });
    expect(midst!.dueOn).toBe('2027-02-26');
  });

  it('is followed by days of grace, after which a report is late and its partner is reminded of it', () => {
    const [first] = periods('quarterly', { graceDays: 5 }, term, 30);
    expect(first).toMatchObject({ dueOn: '2027-04-30', lateAfter: '2027-05-05' });
    const standing = (today: Day) => standingOf({ state: 'draft', periodTo: first!.to, ...first! }, today);
    expect([standing('2027-05-05'), standing('2027-05-06')]).toEqual(['due', 'overdue']);
    expect(
      remindersOf(first!, usualLadder, 'UTC').map(({ step, dueAt }) => [
        step,
        dueAt.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['d-21', '2027-04-09'],
      ['d-7', '2027-04-23'],
      ['d-1', '2027-04-29'],
      ['d0', '2027-04-30'],
      ['d+3', '2027-05-08'],
      ['d+7', '2027-05-12'],
      ['escalate', '2027-05-19'],
    ]);
  });
});

describe('a set-up phase', () => {
  it('asks for nothing that ends within it, and the first report after takes it in', () => {
    expect(spans('quarterly', { setUpMonths: 6 })).toEqual([
      ['2027-01-01', '2027-09-30'],
      ['2027-10-01', '2027-12-31'],
    ]);
    expect(spans('quarterly', { setUpMonths: 4 })).toEqual([
      ['2027-01-01', '2027-06-30'],
      ['2027-07-01', '2027-09-30'],
      ['2027-10-01', '2027-12-31'],
    ]);
  });

  it('leaves the last report, whatever it takes in', () => {
    expect(spans('quarterly', { setUpMonths: 36 })).toEqual([['2027-01-01', '2027-12-31']]);
  });
});

describe('whatever was agreed', () => {
  it('covers every day of the grant once, asks for nothing in the set-up phase, and is late after it is due', () => {
    const agreed = fc.record({
      frequency: fc.constantFrom(...reportingFrequencies),
      alignedTo: fc.constantFrom(...reportingAlignments),
      dueBy: fc.constantFrom(...reportingDueRules),
      graceDays: fc.integer({ min: 0, max: 90 }),
      setUpMonths: fc.integer({ min: 0, max: 24 }),
      offset: fc.integer({ min: 0, max: 4_000 }),
      length: fc.integer({ min: 0, max: 2_500 }),
      dueAfterDays: fc.integer({ min: 0, max: 60 }),
      own: fc.uniqueArray(fc.integer({ min: 0, max: 2_500 }), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(agreed, ({ frequency, offset, length, own, dueAfterDays, ...details }) => {
        const startOn = addDays('2020-01-31', offset);
        const endOn = addDays(startOn, length);
        const on = [...own].sort((a, b) => a - b).map((after) => addDays(startOn, after));
        const made = periods(frequency, { ...details, days: days(...on) }, { startOn, endOn }, dueAfterDays);
        expect([made[0]!.from, made.at(-1)!.to]).toEqual([startOn, endOn]);
        made.forEach(({ from, to, number, dueOn, lateAfter }, index) => {
          expect(number).toBe(index + 1);
          expect(from <= to).toBe(true);
          if (index > 0) expect(from).toBe(addDays(made[index - 1]!.to, 1));
          if (index < made.length - 1) expect(to >= addMonths(startOn, details.setUpMonths)).toBe(true);
          expect(dueOn >= to).toBe(true);
          expect(lateAfter).toBe(addDays(dueOn, details.graceDays));
          const isWorking =
            details.dueBy === 'lastWorkingDay' || (details.dueBy === 'workingDays' && dueAfterDays > 0);
          if (isWorking) expect(isBusinessDay(dueOn, england)).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('milestones that are reached when something happens', () => {
  const after = (conditionId: string) => ({
    ...{
      event: 'documentReceived' as const,
      conditionId,
      subject: 'the building certificate',
      matchAmount: null,
    },
  });
  const agreed = [
    { on: '2027-04-30', name: 'Doors open' },
    { on: null, name: 'The roof is on', after: after('roof') },
    { on: null, name: 'The garden is dug', after: after('garden') },
  ];
  const reached = (days: Record<string, string>) =>
    spans('milestone', { days: daysReached(agreed, (id) => days[id]) });

  it('end no period before they are reached, and one from then on', () => {
    expect(reached({})).toEqual([
      ['2027-01-01', '2027-04-30'],
      ['2027-05-01', '2027-12-31'],
    ]);
    expect(reached({ roof: '2027-08-10' })).toEqual([
      ['2027-01-01', '2027-04-30'],
      ['2027-05-01', '2027-08-10'],
      ['2027-08-11', '2027-12-31'],
    ]);
  });

  it('may be reached in any order, and on one day; outside of the term they end nothing', () => {
    expect(reached({ garden: '2027-03-31', roof: '2027-03-31' })).toEqual([
      ['2027-01-01', '2027-03-31'],
      ['2027-04-01', '2027-04-30'],
      ['2027-05-01', '2027-12-31'],
    ]);
    expect(reached({ roof: '2026-12-20', garden: '2028-01-02' })).toEqual(reached({}));
  });

  it('are told as what must happen', () => {
    expect(howOftenText('milestone', { ...usualReporting, days: agreed.slice(0, 2) }, 'en-GB')).toBe(
      'at each milestone (Doors open on 30 Apr 2027 and The roof is on, once the building certificate is received)',
    );
  });
});

describe('what is agreed about reporting', () => {
  const named = [{ on: '2027-06-30', name: 'Doors open' }];
  const check = (frequency: ReportingFrequency, details: Partial<ReportingDetails>) => () =>
    requireReporting(frequency, { ...usualReporting, ...details }, term);

  it.each([
    ['ownDates', { days: [] }, 'Name the days on which its periods end.'],
    ['quarterly', { days: named }, 'Days are for reports by milestone or on own dates'],
    ['milestone', { days: days('2027-06-30') }, 'Say what the milestone is.'],
    ['ownDates', { days: days('2028-01-01') }, 'Choose a day within the term of the grant.'],
    ['ownDates', { days: days('2027-06-30', '2027-06-30') }, 'Put the days in their order, each once.'],
    ['yearly', { setUpMonths: 12 }, 'The set-up phase must end before the grant does.'],
  ] as const)('refuses %s with %j', (frequency, details, sentence) => {
    expect(check(frequency, { ...details } as Partial<ReportingDetails>)).toThrow(sentence);
  });

  it('reads as people say it', () => {
    expect(check('milestone', { days: named })).not.toThrow();
    const said = {
      ...usualReporting,
      days: named,
      dueBy: 'workingDays',
      graceDays: 5,
      setUpMonths: 6,
    } as const;
    expect(howOftenText('milestone', said, 'en-GB')).toBe('at each milestone (Doors open on 30 Jun 2027)');
    expect(howOftenText('quarterly', { ...usualReporting, alignedTo: 'calendar' }, 'en-GB')).toBe(
      'every quarter of the calendar',
    );
    expect(dueText(10, said)).toBe('due 10 working days after the period, and late 5 days after that');
    expect(dueText(30, { ...usualReporting, dueBy: 'lastWorkingDay' })).toBe(
      'due on the last working day of the month after the period',
    );
    expect(setUpText(said)).toBe(
      ' Nothing is asked for of the first 6 months: the first report after takes them in.',
    );
  });
});
