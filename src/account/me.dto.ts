import { members } from '../platform/http/access.js';
import { Shown, ShownId } from '../platform/http/answers.js';
import type { Role } from '../platform/http/request.js';

export class MyCoalitionAnswer {
  @ShownId()
  id!: string;

  @Shown({ example: 'River Towns' })
  name!: string;

  @Shown({ enum: members, isArray: true, description: 'The roles held today' })
  roles!: Role[];
}

/** Whoever asks. */
export class MeAnswer {
  @ShownId()
  id!: string;

  @Shown({ example: 'Ana Duarte' })
  name!: string;

  @Shown({ format: 'email', example: 'ana@example.org' })
  email!: string;

  @Shown({ example: 'en-GB', description: 'How numbers and dates are written for this person' })
  locale!: string;

  @Shown({ description: 'Whether this person administers the installation' })
  isAdministrator!: boolean;

  @Shown({ type: [MyCoalitionAnswer] })
  coalitions!: MyCoalitionAnswer[];
}
