import { describe, expect, it } from '@jest/globals';
import { changedGoal, type GoalTerms, refuseHorizon } from './goal.rules.js';

const ready: GoalTerms = {
  name: 'Ready for school',
  description: 'Every child who starts school in the harbour wards is ready for it.',
  horizonOn: '2031-08-31',
};

describe('changedGoal', () => {
  it('keeps what is not named', () => {
    expect(changedGoal(ready, { name: 'School readiness', description: undefined }, '2026-11-23')).toEqual({
      ...ready,
      name: 'School readiness',
    });
  });

  it('lets a goal whose horizon has passed be described better, and not be moved to another past day', () => {
    expect(changedGoal(ready, { description: null }, '2032-01-01').description).toBe('');
    expect(() => changedGoal(ready, { horizonOn: '2031-12-31' }, '2032-01-01')).toThrow(
      'A goal lies ahead. Choose a horizon after today.',
    );
  });
});

describe('refuseHorizon', () => {
  it('takes tomorrow, and refuses today', () => {
    expect(() => refuseHorizon('2026-11-24', '2026-11-23')).not.toThrow();
    expect(() => refuseHorizon('2026-11-23', '2026-11-23')).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/horizonOn' })] }),
    );
  });

  it('refuses a slip of the keyboard in the year', () => {
    expect(() => refuseHorizon('2301-08-31', '2026-11-23')).toThrow('2301-08-31 is no likely date.');
  });
});
