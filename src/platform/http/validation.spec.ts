import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { CalendarDay, Id, Text } from './fields.js';
import { refusals, wordsOf } from './validation.js';

class Example {
  @CalendarDay() startOn!: string;
  @Id() funderId!: string;
  @Text({ max: 5 }) name!: string;
}

describe('a field as people read it', () => {
  it.each([
    ['startOn', 'start on'],
    ['funderId', 'funder'],
    ['recipientIds', 'recipient'],
    ['occurredOn.gte', 'occurred on'],
    ['id', 'id'],
    ['name', 'name'],
  ])('%s is “%s”', (property, words) => {
    expect(wordsOf(property)).toBe(words);
  });
});

describe('a refusal', () => {
  it('says in words what is wrong, and points to the field by its name', async () => {
    const input = Object.assign(new Example(), { startOn: '31 May', funderId: 'North', name: 'Longer' });
    expect((await refusals(input)).map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/startOn', 'Start on is not a calendar date such as 2026-04-01.'],
      ['/funderId', 'Funder is not an id.'],
      ['/name', 'Name needs 1 to 5 characters.'],
    ]);
  });
});
