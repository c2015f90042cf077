import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { tell } from '../platform/outbox/outbox.js';
import { callOff } from '../platform/queue/occurrences.js';
import type { CastVote, DeclareConflict } from './decision.dto.js';
import { count, decide, requireState, type Share, type Standing, type Verdict } from './decision.rules.js';
import { readRoll, type RollRow, voteOf } from './decision-record.js';
import { type DecisionRow, type KeptResult, lockDecision, readDecision } from './decisions.read.js';

/** What people do with a motion that is open: vote, step aside, dissent; and its close. Nothing is ever rewritten. */
@Injectable()
export class VotingService {
  /**
   * Casts or changes the vote of who acts: a change is another ballot, which replaces the one before.
   * @throws forbidden to who is not on the roll; stateForbids when it is not open, or they are recused
   */
  async vote(tx: Tx, decisionId: string, { choice, dissent }: CastVote): Promise<DecisionRow> {
    const { decision, own } = await this.ownLine(tx, decisionId);
    requireState(decision.state, 'open');
    if (tx.now >= decision.closesAt!) throw new DomainError('stateForbids', 'The vote is over.');
    if (own.recused !== null)
      throw new DomainError('stateForbids', `You are recused from this motion: ${own.recusalReason!}`);
    if (choice > decision.options.length)
      throw fieldError('ruleBroken', '/choice', 'There is no such option.');
    if (own.choice !== choice) {
      await tx.run(
        `INSERT INTO decision_ballots (id, coalition_id, decision_id, voter_id, person_id, choice, supersedes_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [newId(), decision.coalitionId, decisionId, own.id, own.personId, choice, own.ballotId, tx.now],
      );
      const action = own.ballotId === null ? 'decision.voted' : 'decision.voteChanged';
      await this.write(tx, decision, action, {});
    }
    if (dissent) await this.addDissent(tx, decision, own, dissent);
    return readDecision(tx, decisionId);
  }

  /** Writes down dissent in the words of who acts; also after the close, dated. @throws forbidden, stateForbids */
  async dissent(tx: Tx, decisionId: string, words: string): Promise<DecisionRow> {
    const { decision, own } = await this.ownLine(tx, decisionId);
    requireState(decision.state, 'open', 'passed', 'failed', 'noQuorum');
    if (own.recused !== null)
      throw new DomainError('stateForbids', `You are recused from this motion: ${own.recusalReason!}`);
    await this.addDissent(tx, decision, own, words);
    return readDecision(tx, decisionId);
  }

  /**
   * Steps aside, for an interest in what is decided; or records it of somebody else. A vote that was cast counts no
   * more. It cannot be taken back.
   * @throws stateForbids; ruleBroken when it is nobody with a seat, alreadyExists
   */
  async recuse(
    tx: Tx,
    decisionId: string,
    { personId, reason }: DeclareConflict,
    isBackbone: boolean,
  ): Promise<DecisionRow> {
    const decision = await lockDecision(tx, decisionId);
    requireState(decision.state, 'draft', 'open');
    const who = personId ?? tx.actor.personId!;
    if (who !== tx.actor.personId && !isBackbone)
      throw new DomainError('forbidden', 'Declare your own interests; those of others the backbone records.');
    const seated = await tx.row(`SELECT 1 FROM memberships WHERE coalition_id = $1 AND person_id = $2`, [
      decision.coalitionId,
      who,
    ]);
    if (!seated) throw fieldError('ruleBroken', '/personId', 'Choose somebody with a seat here.');
    const added = await tx.run(
      `INSERT INTO decision_recusals (coalition_id, decision_id, person_id, ground, reason, recorded_by, at)
       VALUES ($1, $2, $3, 'declared', $4, $5, $6) ON CONFLICT (decision_id, person_id) DO NOTHING`,
      [decision.coalitionId, decisionId, who, reason, tx.actor.personId ?? null, tx.now],
    );
    if (added !== 1)
      throw new DomainError('alreadyExists', 'This person is recused from the motion already.');
    await this.write(tx, decision, 'decision.recused', { personId: who }, reason);
    return readDecision(tx, decisionId);
  }

  /** The backbone writes down how it was talked over. A correction is another entry. */
  async minute(tx: Tx, decisionId: string, text: string): Promise<DecisionRow> {
    const decision = await readDecision(tx, decisionId);
    await tx.run(
      `INSERT INTO decision_minutes (coalition_id, decision_id, text, written_by, written_at) VALUES ($1, $2, $3, $4, $5)`,
      [decision.coalitionId, decisionId, text, tx.actor.personId ?? null, tx.now],
    );
    await this.write(tx, decision, 'decision.minuted', {});
    return decision;
  }

  /**
   * Closes a vote: counts it by the roll as it was drawn, and keeps the count. Before its end only when everybody who
   * may vote has. @throws stateForbids
   */
  async close(tx: Tx, decisionId: string): Promise<DecisionRow> {
    const decision = await lockDecision(tx, decisionId);
    requireState(decision.state, 'open');
    const vote = voteOf(decision, await readRoll(tx, decisionId));
    const standing = count(vote);
    if (tx.now < decision.closesAt! && standing.voted.people < standing.entitled.people) {
      const missing = standing.entitled.people - standing.voted.people;
      const sentence = `${missing} of ${standing.entitled.people} have not voted yet. The vote closes by itself at its end.`;
      throw new DomainError('stateForbids', sentence);
    }
    const verdict = decide(vote, standing);
    await tx.run(
      `UPDATE decisions SET state = $2, result = $3, closed_by = $4, closed_at = $5, version = version + 1 WHERE id = $1`,
      [decisionId, verdict.state, JSON.stringify(kept(standing, verdict)), tx.actor.personId ?? null, tx.now],
    );
    for (const kind of ['decision.close', 'decision.remind'] as const)
      if (tx.actor.kind === 'person' || kind === 'decision.remind')
        await callOff(tx, kind, [decisionId], 'The vote is closed.');
    await this.write(tx, decision, 'decision.closed', { state: verdict.state, reason: verdict.reason });
    await tell(tx, decision.coalitionId, 'decision.closed', { decisionId });
    return readDecision(tx, decisionId);
  }

  /** The line of the roll of who acts; nobody has somebody else's. */
  private async ownLine(tx: Tx, decisionId: string): Promise<{ decision: DecisionRow; own: RollRow }> {
    await tx.row(`SELECT 1 FROM decisions WHERE id = $1 FOR SHARE`, [decisionId]);
    const decision = await readDecision(tx, decisionId);
    requireState(decision.state, 'open', 'passed', 'failed', 'noQuorum');
    const roll = await readRoll(tx, decisionId);
    const own = roll.find(({ personId }) => personId === tx.actor.personId);
    if (tx.actor.kind === 'person' && own) return { decision, own };
    const sentence =
      'You are not on the roll of this motion: it was drawn of those with a voting seat when the vote opened. ' +
      'The backbone and observers do not vote.';
    throw new DomainError('forbidden', sentence);
  }

  private async addDissent(tx: Tx, decision: DecisionRow, own: RollRow, words: string): Promise<void> {
    await tx.run(
      `INSERT INTO decision_dissents (coalition_id, decision_id, voter_id, person_id, words, at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [decision.coalitionId, decision.id, own.id, own.personId, words, tx.now],
    );
    await this.write(tx, decision, 'decision.dissented', {});
  }

  // How somebody voted is not in the audit: the ballots say it, to those who may see them.
  private write(
    tx: Tx,
    { id, coalitionId }: DecisionRow,
    action: string,
    after: Record<string, unknown>,
    reason?: string,
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'decision', id }, after, reason });
  }
}

/** What is kept of a count: weights as digits. */
export function kept({ entitled, voted, abstained, options }: Standing, verdict: Verdict): KeptResult {
  const share = ({ people, weight }: Share) => ({ people, weight: String(weight) });
  return {
    ...verdict,
    ...{
      entitled: share(entitled),
      voted: share(voted),
      abstained: share(abstained),
      options: options.map(share),
    },
  };
}
