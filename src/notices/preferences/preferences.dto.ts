import { Shown } from '../../platform/http/answers.js';
import { Choice } from '../../platform/http/fields.js';
import {
  mailDeliveries,
  type MailDelivery,
  mailTopics,
  type MailTopic,
} from '../../platform/mail/letter-kinds.js';

/** Topics of which some letters can wait; of the others all are essential. */
export const choosableTopics = [
  'reports',
  'pledges',
  'payments',
  'goals',
  'decisions',
  'bonds',
  'learning',
] as const satisfies readonly MailTopic[];
export type ChoosableTopic = (typeof choosableTopics)[number];

/** Says how one wants to hear of a topic; what is left out stays as it is. */
export class ChangeMailPreferences {
  @Choice(mailDeliveries, { optional: true }) reports?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) pledges?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) payments?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) goals?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) decisions?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) bonds?: MailDelivery;
  @Choice(mailDeliveries, { optional: true }) learning?: MailDelivery;
}

export class MailPreferenceAnswer {
  @Shown({ enum: mailTopics }) topic!: MailTopic;
  @Shown({ enum: mailDeliveries }) delivery!: MailDelivery;
}

export class MailPreferencesAnswer {
  @Shown({ type: [MailPreferenceAnswer] }) items!: MailPreferenceAnswer[];
}
