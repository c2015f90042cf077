import { describe, expect, it } from '@jest/globals';
import { readArguments } from './account.command.js';

const words = (line: string) => line.split(' ');

describe('the arguments of the account command', () => {
  it('are understood', () => {
    expect(
      readArguments([...words('create --email Ana@Example.org --administrator --name'), 'Ana Duarte']),
    ).toEqual({
      verb: 'create',
      email: 'ana@example.org',
      name: 'Ana Duarte',
      administrator: true,
    });
    expect(readArguments(words('link --email ana@example.org'))).toMatchObject({ verb: 'link' });
  });

  it.each([
    ['', 'Say what to do: create or link.'],
    ['remove --email ana@example.org', 'Say what to do: create or link.'],
    ['create --name Ana', '--email needs an e-mail address.'],
    ['create --email ana --name Ana', '--email needs an e-mail address.'],
    ['create --email ana@example.org', '--name needs the name of the person.'],
  ])('%j is refused', (line, why) => {
    expect(readArguments(words(line).filter(Boolean))).toBe(why);
  });

  it('say which option is unknown', () => {
    expect(readArguments(words('create --mail ana@example.org'))).toContain("Unknown option '--mail'");
  });
});
