import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { addDays, startOfDayInstant } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { queueMails } from '../platform/mail/mail.js';
import { planOccurrences } from '../platform/queue/occurrences.js';
import { CONFIG } from '../platform/tokens.js';
import { conflictsOf } from './conflict.rules.js';
import { openLetter } from './decision-letters.js';
import { requireState } from './decision.rules.js';
import { readDecisionSettings } from './decision-settings.js';
import { DecisionRooms } from './decision-subjects.js';
import { type DecisionRow, lockDecision, readDecision } from './decisions.read.js';
import { type RollEntry, rollOn, tiesTo } from './roll.js';
import { remindersOf } from './reminder.rules.js';

/** Puts a draft to the vote: who may vote, what each weighs and who is conflicted is settled here, once. */
@Injectable()
export class VoteOpening {
  constructor(
    private readonly rooms: DecisionRooms,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws stateForbids; ruleBroken where nobody could vote, or nothing would weigh */
  async open(tx: Tx, decisionId: string): Promise<DecisionRow> {
    const draft = await lockDecision(tx, decisionId);
    requireState(draft.state, 'draft');
    const { coalitionId } = draft;
    const { today, timeZone } = await coalitionCalendar(tx, coalitionId);
    if (draft.closesOn < today)
      throw fieldError(
        'ruleBroken',
        '/closesOn',
        'The last day of the vote is over. Change the draft first.',
      );
    const concerns = await this.concernsNow(tx, draft);
    const { votingRoles } = await readDecisionSettings(tx, coalitionId);
    const roll = await rollOn(tx, coalitionId, votingRoles, today);
    if (roll.length === 0)
      throw new DomainError('ruleBroken', `Nobody may vote: no ${votingRoles.join(' or ')} has a seat.`);
    const weights = await this.weigh(tx, draft, roll);
    const closesAt = startOfDayInstant(addDays(draft.closesOn, 1), timeZone);
    await tx.run(
      `UPDATE decisions SET state = 'open', concerns_id = $2, opened_by = $3, opened_at = $4, closes_at = $5,
         version = version + 1 WHERE id = $1`,
      [decisionId, concerns?.id ?? null, tx.actor.personId ?? null, tx.now, closesAt],
    );
    await this.writeRoll(tx, draft, roll, weights);
    const conflicted = await this.recuse(tx, draft, roll, concerns);
    await this.plan(tx, draft, timeZone, closesAt);
    const open = await readDecision(tx, decisionId);
    await this.invite(
      tx,
      open,
      roll.filter(({ personId }) => !conflicted.has(personId)),
    );
    await audit(tx, {
      ...{ coalitionId, action: 'decision.opened', subject: { kind: 'decision', id: decisionId } },
      before: { state: 'draft' },
      after: { state: 'open', closesAt, voters: roll.length, recused: conflicted.size },
    });
    return open;
  }

  /** The organisation that it benefits, as its subject says by now. */
  private async concernsNow(tx: Tx, draft: DecisionRow): Promise<{ id: string; name: string } | null> {
    const { subjectKind, subjectId } = draft;
    let id = draft.concernsId;
    if (subjectKind !== 'general' && subjectId !== null) {
      const subject = await this.rooms.naming(subjectKind).describe(tx, subjectId);
      if (!subject)
        throw fieldError('ruleBroken', '/subjectId', 'What the motion is about is not there any more.');
      id = subject.organisationId ?? id;
    }
    if (id === null) return null;
    const organisation = await tx.row<{ name: string }>(`SELECT name FROM organisations WHERE id = $1`, [id]);
    return { id, name: organisation!.name };
  }

  private async weigh(tx: Tx, draft: DecisionRow, roll: RollEntry[]): Promise<Map<string, bigint>> {
    if (draft.weightPoolId === null) return new Map(roll.map(({ personId }) => [personId, 1n]));
    const weights = await this.rooms.weighing.weigh(tx, draft.weightPoolId, roll);
    if ([...weights.values()].every((weight) => weight === 0n))
      throw new DomainError(
        'ruleBroken',
        'Nobody who may vote has contributed yet, so no vote would weigh anything.',
      );
    return weights;
  }

  private async writeRoll(
    tx: Tx,
    { id, coalitionId }: DecisionRow,
    roll: RollEntry[],
    weights: Map<string, bigint>,
  ): Promise<void> {
    await tx.run(
      `INSERT INTO decision_voters (coalition_id, decision_id, person_id, seat, weight)
       SELECT $1, $2, person_id, seat, weight FROM unnest($3::uuid[], $4::text[], $5::bigint[]) AS v (person_id, seat, weight)`,
      [
        ...[coalitionId, id, roll.map(({ personId }) => personId), roll.map(({ seat }) => seat)],
        roll.map(({ personId }) => weights.get(personId) ?? 0n),
      ],
    );
  }

  /** Finds those of the roll who have an interest, besides those who declared it already. Gives all who are recused. */
  private async recuse(
    tx: Tx,
    { id, coalitionId }: DecisionRow,
    roll: RollEntry[],
    concerns: { id: string; name: string } | null,
  ): Promise<Set<string>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const onRoll = new Set(roll.map(({ personId }) => personId));
    const ties = concerns ? await tiesTo(tx, coalitionId, concerns.id, today) : [];
    const found = conflictsOf(ties, concerns?.name ?? '').filter(({ personId }) => onRoll.has(personId));
    await tx.run(
      `INSERT INTO decision_recusals (coalition_id, decision_id, person_id, ground, reason, at)
       SELECT $1, $2, person_id, ground, reason, $3 FROM unnest($4::uuid[], $5::text[], $6::text[]) AS r (person_id, ground, reason)
       ON CONFLICT (decision_id, person_id) DO NOTHING`,
      [
        ...[coalitionId, id, tx.now, found.map(({ personId }) => personId)],
        ...[found.map(({ ground }) => ground), found.map(({ reason }) => reason)],
      ],
    );
    const recused = await tx.rows<{ personId: string }>(
      `SELECT person_id AS "personId" FROM decision_recusals WHERE decision_id = $1`,
      [id],
    );
    return new Set(recused.map(({ personId }) => personId).filter((personId) => onRoll.has(personId)));
  }

  private async plan(
    tx: Tx,
    { id, coalitionId, closesOn }: DecisionRow,
    timeZone: string,
    closesAt: Date,
  ): Promise<void> {
    const common = { coalitionId, subjectId: id };
    await planOccurrences(tx, [
      { ...common, kind: 'decision.close', periodKey: closesOn, channel: 'ledger', dueAt: closesAt },
      ...remindersOf(closesOn, timeZone, tx.now).map(({ step, dueAt }) => ({
        ...common,
        ...{ kind: 'decision.remind' as const, periodKey: step, channel: 'mail' as const, dueAt },
      })),
    ]);
  }

  private async invite(tx: Tx, open: DecisionRow, voters: RollEntry[]): Promise<void> {
    const { id, coalitionId } = open;
    const coalition = await tx.row<{ name: string }>(`SELECT name FROM coalitions WHERE id = $1`, [
      coalitionId,
    ]);
    const url = `${this.config.publicUrl}/decisions/${id}`;
    await queueMails(
      tx,
      voters.map((voter) => ({
        ...{ coalitionId, personId: voter.personId, to: voter.email, template: 'decision.opened' },
        ...openLetter({ ...open, coalition: coalition!.name, url }, voter),
        cause: { kind: 'decision.opened', id, key: 'opened' },
      })),
    );
  }
}
