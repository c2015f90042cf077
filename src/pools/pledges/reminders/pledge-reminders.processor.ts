import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Day } from '../../../maths/day.js';
import type { Config } from '../../../platform/config/config.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type MailDraft, queueMails } from '../../../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../../platform/queue/occurrences.js';
import { CONFIG } from '../../../platform/tokens.js';
import { plural } from '../../../web/format.js';
import { type InstalmentInLetter, pledgeLetter } from './pledge-letter.js';
import { isLateStep, reasonNotToRemind } from './pledge-reminder.rules.js';

interface RemindedInstalment extends Omit<InstalmentInLetter, 'url'> {
  id: string;
  pledgeId: string;
  funderId: string;
  funderEmail: string | null;
  state: string;
  /** The newest reminder of it that is due by now, done or not. */
  newestStep: string | null;
}

interface Reader {
  /** Null for an organisation that nobody sits here for. */
  personId: string | null;
  name: string;
  email: string;
  locale: string;
}

/** Reminds funders of what they pledged, before it is due and after; once it is late, finance too. */
@Injectable()
@HandlesOccurrence('pledge.remind')
export class PledgeReminders implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const instalments = await remindedInstalments(
      tx,
      due.map(({ subjectId }) => subjectId),
    );
    const seats = await seatsOf(tx, coalitionId, today);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId, periodKey: step }): Outcome => {
      const instalment = instalments.get(subjectId);
      if (!instalment) return { state: 'skipped', note: 'the instalment was replaced' };
      const readers = readersOf(instalment, step, seats);
      const reason = reasonNotToRemind({
        pledgeState: instalment.state,
        open: instalment.amount - instalment.received,
        replacedBy: instalment.newestStep === step ? null : instalment.newestStep,
        readers: readers.length,
      });
      if (reason !== null) return { state: 'skipped', note: reason };
      const url = `${this.config.publicUrl}/pledges/${instalment.pledgeId}`;
      drafts.push(
        ...readers.map((reader) => ({
          coalitionId,
          personId: reader.personId,
          to: reader.email,
          template: 'pledge.reminder',
          ...pledgeLetter({ ...instalment, url }, reader, today),
          cause: { kind: 'pledge.remind', id: subjectId, key: step },
        })),
      );
      return { state: 'done', note: `written to ${plural(readers.length, 'reader')}` };
    });
    await queueMails(tx, drafts);
    return outcomes;
  }
}

interface Seat extends Reader {
  role: string;
  organisationId: string | null;
}

const seatsOf = (tx: Tx, coalitionId: string, today: Day): Promise<Seat[]> =>
  tx.rows<Seat>(
    `SELECT DISTINCT m.role, m.organisation_id AS "organisationId", p.id AS "personId", p.name, p.email, p.locale
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role IN ('funder', 'finance') AND m.since_on <= $2
       AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [coalitionId, today],
  );

/** The funder's people, or its address where nobody sits here for it; once it is late, finance too. Each once. */
function readersOf(instalment: RemindedInstalment, step: string, seats: readonly Seat[]): Reader[] {
  const own: Reader[] = seats.filter(
    ({ role, organisationId }) => role === 'funder' && organisationId === instalment.funderId,
  );
  if (own.length === 0 && instalment.funderEmail !== null) {
    own.push({ personId: null, name: instalment.funder, email: instalment.funderEmail, locale: 'en-GB' });
  }
  const finance = isLateStep(step) ? seats.filter(({ role }) => role === 'finance') : [];
  return [...new Map([...own, ...finance].map((reader) => [reader.email, reader])).values()];
}

async function remindedInstalments(tx: Tx, ids: string[]): Promise<Map<string, RemindedInstalment>> {
  const rows = await tx.rows<RemindedInstalment>(
    `SELECT i.id, p.id AS "pledgeId", p.funder_id AS "funderId", o.name AS funder, o.email AS "funderEmail", p.state,
       p.reference, p.currency, l.name AS pool, c.name AS coalition, i.due_on AS "dueOn", i.amount, i.received,
       newest.period_key AS "newestStep"
     FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id JOIN organisations o ON o.id = p.funder_id
     JOIN pools l ON l.id = p.pool_id JOIN coalitions c ON c.id = p.coalition_id
     LEFT JOIN LATERAL (
       SELECT period_key FROM occurrences n WHERE n.kind = 'pledge.remind' AND n.subject_id = i.id AND n.due_at <= $2
       ORDER BY n.due_at DESC LIMIT 1) AS newest ON true
     WHERE i.id = ANY ($1::uuid[])`,
    [ids, tx.now],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
