import { type RenderedLetter, renderLetter } from '../platform/mail/letter.js';
import { dayText, instantText } from '../web/format.js';

interface About {
  name: string;
  locale: string;
  /** What it is about: a coalition, or null for the installation itself. */
  coalition: string | null;
  /** Null where the installation itself invites. */
  invitedBy: string | null;
  url: string;
}

/** To somebody who has no password yet: the link with which they choose one. */
export function invitationLetter({
  name,
  locale,
  coalition,
  invitedBy,
  url,
  until,
}: About & { until: Date }): RenderedLetter {
  const place = coalition ?? 'Tributary';
  return renderLetter({
    subject: `You are invited to ${place}`,
    greeting: `Dear ${name},`,
    paragraphs: [
      invitedBy ? `${invitedBy} has invited you to ${place}.` : `You are invited to ${place}.`,
      ...(coalition ? [`${place} keeps its pool, its grants and its goals in Tributary.`] : []),
      'Choose a password, and you are in.',
    ],
    action: { label: 'Choose a password', url },
    closing: `The link works once, until ${dayText(until.toISOString().slice(0, 10), locale)}. After that, ask for a new one.`,
    why: `You get this because ${invitedBy ?? 'an administrator'} entered your address. If you expect no invitation, leave it: nothing will happen.`,
  });
}

/** To somebody who has an account: there is nothing to accept. */
export function newSeatLetter({ name, coalition, invitedBy, url }: About): RenderedLetter {
  const place = coalition ?? 'Tributary';
  return renderLetter({
    subject: `You have a seat in ${place}`,
    greeting: `Dear ${name},`,
    paragraphs: [
      invitedBy
        ? `${invitedBy} has given you a seat in ${place}.`
        : `You have been given a seat in ${place}.`,
      'Sign in as you always do: it is among your coalitions.',
    ],
    action: { label: `Open ${place}`, url },
    why: 'You get this because you have an account in Tributary.',
  });
}

/** To somebody who asked for it, or whose administrator did: the link with which they choose another password. */
export function newPasswordLetter(about: {
  name: string;
  locale: string;
  url: string;
  until: Date;
}): RenderedLetter {
  return renderLetter({
    subject: 'Choose a new password',
    greeting: `Dear ${about.name},`,
    paragraphs: [
      'A new password was asked for, for your account.',
      'Choose it with this link. It works once, and signs you out everywhere else.',
    ],
    action: { label: 'Choose a new password', url: about.url },
    closing: `The link works until ${instantText(about.until, 'UTC', about.locale)} UTC.`,
    why: 'You get this because somebody entered your address where one asks for a new password. If it was not you, leave it: your password stays as it is.',
  });
}
