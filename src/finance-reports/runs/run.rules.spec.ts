import { describe, expect, it } from '@jest/globals';
import { afterFailure, goAlong, nextStep } from './run.rules.js';

const now = new Date('2026-11-23T09:00:00Z');
const at = (text: string) => new Date(`2026-11-23T${text}Z`);
const queued = { state: 'queued' as const, attempts: 0, leaseUntil: null, failure: null };

describe('a run that is due', () => {
  it('is made when it waits, and left alone when it has ended', () => {
    expect(nextStep(queued, now)).toEqual({ do: 'make' });
    for (const state of ['made', 'doesNotTie', 'failed', 'cancelled'] as const)
      expect(nextStep({ ...queued, state }, now)).toEqual({ do: 'nothing' });
  });

  it('is left to whoever makes it until their lease is over, then made anew', () => {
    const making = { ...queued, state: 'making' as const, attempts: 1, leaseUntil: at('09:00:30') };
    expect(nextStep(making, now)).toEqual({ do: 'wait', until: at('09:00:30') });
    expect(nextStep({ ...making, leaseUntil: now }, now)).toEqual({ do: 'make' });
  });

  it('is given up when three makers have gone over it', () => {
    const making = { ...queued, state: 'making' as const, attempts: 3, leaseUntil: at('08:59:00') };
    expect(nextStep(making, now)).toMatchObject({ do: 'giveUp' });
  });
});

describe('a failed attempt', () => {
  it('is followed by another after 30 seconds, then after two minutes, then by none', () => {
    const steps = [1, 2, 3].map((attempt) => afterFailure(attempt, { isRefusal: false }));
    expect(steps).toEqual([
      { do: 'retry', afterMs: 30_000 },
      { do: 'retry', afterMs: 120_000 },
      { do: 'giveUp' },
    ]);
  });

  it('that was a refusal is final: asking again would change nothing', () => {
    expect(afterFailure(1, { isRefusal: true })).toEqual({ do: 'giveUp' });
  });
});

describe('the files of a report', () => {
  it('go along with its mail as long as they are 5 MiB together at most', () => {
    const megabyte = 1024 * 1024;
    expect(goAlong([{ sizeBytes: 2 * megabyte }, { sizeBytes: 3 * megabyte }])).toBe(true);
    expect(goAlong([{ sizeBytes: 2 * megabyte }, { sizeBytes: 3 * megabyte + 1 }])).toBe(false);
  });
});
