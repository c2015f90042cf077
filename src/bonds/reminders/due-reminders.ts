import { coalitionCalendar } from '../../coalitions/coalition.js';
import { newestSteps } from '../../notices/waiting/run-letters.js';
import type { Tx } from '../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../platform/mail/mail.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { isLateStep } from '../../pools/pledges/reminders/pledge-reminder.rules.js';
import { payingReaders } from '../../pools/pledges/reminders/paying-readers.js';
import { plural } from '../../web/format.js';
import { type DueInLetter, dueLetter, type DueWords } from './due-letter.js';
import type { DueKind } from './plan-reminders.js';

/** Something that is due to a bond, when its reminder has come due. Minor units. */
export interface RemindedOf extends Omit<DueInLetter, 'url'> {
  id: string;
  payerId: string;
  payerEmail: string | null;
  /** As "it has been paid"; null while it is open. */
  endedBecause: string | null;
}

export interface Reminding {
  kind: DueKind;
  words: (of: RemindedOf) => DueWords;
  /** Where the page of one begins: "https://…/outcome-invoices". */
  url: string;
  read: (tx: Tx, ids: string[]) => Promise<RemindedOf[]>;
}

/** Reminds whoever owes a bond something, before it is due and after; once it is late, finance too. */
export async function remindOfDue(tx: Tx, due: DueOccurrence[], reminding: Reminding): Promise<Outcome[]> {
  const { coalitionId } = due[0]!;
  const { today } = await coalitionCalendar(tx, coalitionId);
  const { kind, words, url } = reminding;
  const ids = due.map(({ subjectId }) => subjectId);
  const found = new Map((await reminding.read(tx, ids)).map((one) => [one.id, one]));
  const newest = await newestSteps(tx, `${kind}.remind`, ids);
  const readersOf = await payingReaders(tx, coalitionId, today);
  const drafts: MailDraft[] = [];
  const outcomes = due.map(({ subjectId, periodKey: step }): Outcome => {
    const of = found.get(subjectId)!;
    const readers = readersOf({ id: of.payerId, name: of.payer, email: of.payerEmail }, isLateStep(step));
    const reason = reasonNotToRemind(of, step, newest.get(subjectId), readers.length);
    if (reason !== null) return { state: 'skipped', note: reason };
    drafts.push(
      ...readers.map((reader): MailDraft => ({
        coalitionId,
        personId: reader.personId,
        to: reader.email,
        template: `${kind}.reminder`,
        ...dueLetter({ ...of, url: `${url}/${subjectId}` }, words(of), reader, today),
        cause: { kind: `${kind}.remind`, id: subjectId, key: step },
      })),
    );
    return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
  });
  await queueMails(tx, drafts);
  return outcomes;
}

/** After a pause only the newest reminder is sent; none to who has paid. */
function reasonNotToRemind(
  { endedBecause }: RemindedOf,
  step: string,
  newestStep: string | undefined,
  readers: number,
): string | null {
  if (endedBecause !== null) return endedBecause;
  if (newestStep !== step) return `a later reminder replaces it (${newestStep})`;
  return readers > 0 ? null : 'nobody to write to: whoever pays has no people and no e-mail address';
}
