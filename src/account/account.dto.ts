import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../platform/auth/passwords.js';
import { Choice, Email, Flag, Text } from '../platform/http/fields.js';
import { locales } from './locales.js';

const enough = `Choose a password of at least ${SHORTEST_PASSWORD} characters. A few words are easier to remember.`;

/** A password that somebody chooses. */
function ChosenPassword(): PropertyDecorator {
  return applyDecorators(
    Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, { message: enough }),
    // Twelve times the same letter has twelve characters too.
    Matches(/^(?!(.{1,3})\1+$)/s, { message: 'Choose a password that does not repeat itself.' }),
    ApiProperty({
      type: String,
      format: 'password',
      minLength: SHORTEST_PASSWORD,
      maxLength: LONGEST_PASSWORD,
    }),
  );
}

export class ChangeProfile {
  @Text({ max: 120 })
  name!: string;

  @Choice(locales)
  locale!: string;
}

export class ChangePassword {
  @Text({ max: LONGEST_PASSWORD })
  currentPassword!: string;

  @ChosenPassword()
  newPassword!: string;
}

/** What a link asks of its reader. */
export class AcceptInvitation {
  @Text({ max: 120 })
  name!: string;

  @ChosenPassword()
  password!: string;
}

export class AskForPassword {
  @Email()
  email!: string;
}

/** An account for somebody new, without any seat yet. */
export class MakeAccount {
  @Email()
  email!: string;

  @Text({ max: 120 })
  name!: string;

  @Flag({ optional: true })
  administrator?: boolean;
}
