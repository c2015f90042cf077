import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type RenderedLetter, renderLetter } from '../../platform/mail/letter.js';
import { queueMails } from '../../platform/mail/mail.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { dayText } from '../../web/format.js';

/** Who spoke for the payee before the change. */
interface Contact {
  personId: string | null;
  name: string;
  email: string;
  locale: string;
}

interface Change {
  kind: 'proposed' | 'approved' | 'stopped';
  accountId: string;
  details: { name: string; iban: string; bic: string | null };
  usableFrom?: Day;
  url: string;
}

/** Tells those who speak for a payee what happens to the account it is paid to: once each, as soon as it happens. */
export async function tellPayee(
  tx: Tx,
  payee: { id: string; coalitionId: string; name: string },
  change: Change,
): Promise<void> {
  const contacts = await contactsOf(tx, payee);
  await queueMails(
    tx,
    contacts.map((contact) => ({
      coalitionId: payee.coalitionId,
      personId: contact.personId,
      to: contact.email,
      template: 'payments.bankAccount',
      ...bankAccountLetter(payee.name, change, contact),
      cause: { kind: 'bankAccount', id: change.accountId, key: change.kind },
    })),
  );
}

/** What the letter says; an account number is never written out in a mail. */
export function bankAccountLetter(payee: string, change: Change, reader: Contact): RenderedLetter {
  const iban = maskedIban(change.details.iban);
  const says = {
    proposed: {
      subject: `Somebody asks to pay ${payee} to another bank account`,
      first: `Somebody has asked that ${payee} be paid to the account below. A second person looks at it now.`,
    },
    approved: {
      subject: `${payee} will be paid to another bank account`,
      first:
        `A second person has agreed that ${payee} be paid to the account below` +
        (change.usableFrom ? `, from ${dayText(change.usableFrom, reader.locale)} on.` : '.'),
    },
    stopped: {
      subject: `The bank account of ${payee} is stopped`,
      first: `Nobody is paid to the account below any more. Propose another, so that ${payee} can be paid.`,
    },
  }[change.kind];
  return renderLetter({
    subject: says.subject,
    greeting: `Dear ${reader.name},`,
    paragraphs: [
      says.first,
      'If you did not expect this, have it stopped now, and tell those who look after the coalition: by telephone, not by ' +
        'answering a mail. We never ask for account numbers by mail.',
    ],
    facts: [
      ['Account name', change.details.name],
      ['IBAN', iban],
      ['BIC', change.details.bic ?? 'none given'],
    ],
    action: { label: 'Look at the bank accounts', url: change.url },
    why: `You get this because you speak for ${payee}. It cannot be unsubscribed from: it guards its money.`,
  });
}

/** The contact of the payee, and everybody with a seat on its behalf today. */
async function contactsOf(tx: Tx, payee: { id: string; coalitionId: string }): Promise<Contact[]> {
  const { today } = await coalitionCalendar(tx, payee.coalitionId);
  const people = await tx.rows<Contact>(
    `SELECT DISTINCT p.id AS "personId", p.name, p.email, p.locale FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.organisation_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [payee.id, today],
  );
  const contact = await tx.row<{ name: string; email: string }>(
    `SELECT name, lower(email) AS email FROM organisations WHERE id = $1 AND email IS NOT NULL`,
    [payee.id],
  );
  if (!contact || people.some(({ email }) => email === contact.email)) return people;
  return [...people, { personId: null, locale: 'en-GB', ...contact }];
}
