import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { planWaiting } from '../../notices/waiting/plan-waiting.js';
import { callOff } from '../../platform/queue/occurrences.js';
import { composeToolkit } from './compose.js';
import type { ToolkitContent } from './toolkit-content.js';
import type {
  EndToolkit,
  PrepareToolkit,
  PublishToolkit,
  ToolkitAnswer,
  ToolkitItemInput,
} from './toolkit.dto.js';
import { choicesOf } from './toolkits.choices.js';
import { askedEdition, preparedToolkit, readToolkit } from './toolkits.read.js';
import { hashOfContent, requireCheckable, requireSame, requireSharable } from './toolkit.rules.js';

/** What a coalition shares with everybody: chosen by one, published by another, taken off by either at once. */
@Injectable()
export class ToolkitsService {
  /** Chooses what is shared; nothing of it is public by that. @throws staleVersion, ruleBroken, alreadyExists */
  async prepare(
    tx: Tx,
    coalitionId: string,
    version: number,
    command: PrepareToolkit,
  ): Promise<ToolkitAnswer> {
    const before = await readToolkit(tx, coalitionId);
    await refuseItems(tx, coalitionId, command.items);
    const { slug, title, introduction, namesPeople, items } = command;
    const saved = await tx.row<{ id: string }>(
      `INSERT INTO toolkits (id, coalition_id, slug, title, introduction, names_people) SELECT $1, $2, $3, $4, $5, $6
       WHERE $7 = 0 OR EXISTS (SELECT 1 FROM toolkits WHERE coalition_id = $2)
       ON CONFLICT (coalition_id) DO UPDATE SET slug = $3, title = $4, introduction = $5, names_people = $6,
         version = toolkits.version + 1 WHERE toolkits.version = $7 RETURNING id`,
      [newId(), coalitionId, slug, title, introduction ?? '', namesPeople, version],
    );
    if (!saved)
      throw new DomainError('staleVersion', 'Somebody changed the toolkit meanwhile. Read it again.');
    await setItems(tx, coalitionId, saved.id, items);
    const after = await readToolkit(tx, coalitionId);
    await this.audit(tx, coalitionId, saved.id, 'prepared', {
      before: facts(before),
      after: facts(after),
    });
    return after;
  }

  /** Asks another person to publish what is chosen, as it is now. @throws ruleBroken, stateForbids */
  async ask(tx: Tx, coalitionId: string): Promise<ToolkitAnswer> {
    const toolkit = await preparedToolkit(tx, coalitionId);
    const content = await composeToolkit(tx, toolkit);
    requireSharable(content, {
      names: await peopleOf(tx, coalitionId),
      mayBeNamed: toolkit.namesPeople,
    });
    const before = await askedEdition(tx, toolkit.id);
    await tx.run(
      `UPDATE toolkit_editions SET state = 'replaced', ended_by = $2, ended_at = $3 WHERE toolkit_id = $1 AND state = 'asked'`,
      [toolkit.id, tx.actor.personId!, tx.now],
    );
    if (before) await callOff(tx, 'toolkit.remind', [before.id], 'it was asked for anew');
    const id = newId();
    const contentHash = hashOfContent(content);
    await tx.run(
      `INSERT INTO toolkit_editions (id, coalition_id, toolkit_id, number, slug, content, content_hash, state, asked_by, asked_at)
       SELECT $8, $1, $2, (SELECT coalesce(max(number), 0) + 1 FROM toolkit_editions WHERE toolkit_id = $2), $3, $4, $5, 'asked', $6, $7`,
      [
        ...[coalitionId, toolkit.id, toolkit.slug, JSON.stringify(content), contentHash],
        ...[tx.actor.personId!, tx.now, id],
      ],
    );
    await planWaiting(tx, 'toolkit.remind', { coalitionId, id });
    await this.audit(tx, coalitionId, toolkit.id, 'askedFor', { after: { contentHash } });
    return readToolkit(tx, coalitionId);
  }

  /** Publishes what somebody else asked for, exactly as it was looked at. @throws makerIsChecker, stateForbids */
  async publish(tx: Tx, coalitionId: string, { contentHash }: PublishToolkit): Promise<ToolkitAnswer> {
    const toolkit = await preparedToolkit(tx, coalitionId);
    const asked = await askedEdition(tx, toolkit.id);
    requireCheckable(asked, tx.actor.personId);
    const now = hashOfContent(await composeToolkit(tx, toolkit));
    requireSame(asked, { seen: contentHash, now });
    const person = tx.actor.personId!;
    await tx.run(
      `UPDATE toolkit_editions SET state = 'replaced', ended_by = $2, ended_at = $3 WHERE toolkit_id = $1 AND state = 'published'`,
      [toolkit.id, person, tx.now],
    );
    await tx.run(
      `UPDATE toolkit_editions SET state = 'published', decided_by = $2, decided_at = $3 WHERE id = $1`,
      [asked.id, person, tx.now],
    );
    await callOff(tx, 'toolkit.remind', [asked.id], 'it was published');
    await this.audit(tx, coalitionId, toolkit.id, 'published', { after: { contentHash } });
    return readToolkit(tx, coalitionId);
  }

  /** Does not publish what somebody else asked for. @throws makerIsChecker, stateForbids */
  async refuse(tx: Tx, coalitionId: string, { reason }: EndToolkit): Promise<ToolkitAnswer> {
    const toolkit = await preparedToolkit(tx, coalitionId);
    const asked = await askedEdition(tx, toolkit.id);
    requireCheckable(asked, tx.actor.personId);
    await tx.run(
      `UPDATE toolkit_editions SET state = 'refused', decided_by = $2, decided_at = $3, reason = $4 WHERE id = $1`,
      [asked.id, tx.actor.personId!, tx.now, reason],
    );
    await callOff(tx, 'toolkit.remind', [asked.id], 'it was refused');
    await this.audit(tx, coalitionId, toolkit.id, 'refused', { reason });
    return readToolkit(tx, coalitionId);
  }

  /** Takes what was published off, at once and by one person: hiding is never what needs two. @throws stateForbids */
  async unpublish(tx: Tx, coalitionId: string, { reason }: EndToolkit): Promise<ToolkitAnswer> {
    const toolkit = await preparedToolkit(tx, coalitionId);
    const ended = await tx.run(
      `UPDATE toolkit_editions SET state = 'unpublished', ended_by = $2, ended_at = $3, reason = $4
       WHERE toolkit_id = $1 AND state = 'published'`,
      [toolkit.id, tx.actor.personId!, tx.now, reason],
    );
    if (ended === 0) throw new DomainError('stateForbids', 'Nothing is published.');
    await this.audit(tx, coalitionId, toolkit.id, 'unpublished', { reason });
    return readToolkit(tx, coalitionId);
  }

  /** What would be published now. @throws stateForbids */
  async preview(tx: Tx, coalitionId: string): Promise<ToolkitContent> {
    return composeToolkit(tx, await preparedToolkit(tx, coalitionId));
  }

  private audit(
    tx: Tx,
    coalitionId: string,
    id: string,
    what: string,
    more: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action: `toolkit.${what}`, subject: { kind: 'toolkit', id }, ...more });
  }
}

const facts = ({ slug, title, introduction, namesPeople, items }: ToolkitAnswer) => ({
  ...{ slug, title, introduction, namesPeople },
  items: items.map(({ kind, title: called }) => `${kind}: ${called}`),
});

/** Everybody who has or had a seat: none of them is named unless the coalition chose to. */
async function peopleOf(tx: Tx, coalitionId: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    `SELECT DISTINCT p.name FROM memberships m JOIN persons p ON p.id = m.person_id WHERE m.coalition_id = $1 ORDER BY 1`,
    [coalitionId],
  );
  return rows.map(({ name }) => name);
}

/** @throws ruleBroken naming the item that is not there, is a draft, or lacks its words */
async function refuseItems(tx: Tx, coalitionId: string, items: readonly ToolkitItemInput[]): Promise<void> {
  const choices = await choicesOf(tx, coalitionId);
  for (const [index, { kind, id, title, body }] of items.entries()) {
    const pointer = `/items/${index}`;
    if (kind === 'page') {
      if (!title) throw fieldError('ruleBroken', `${pointer}/title`, 'A page needs a title.');
      if (!body) throw fieldError('ruleBroken', `${pointer}/body`, 'A page needs a text.');
    } else if (!choices.some((choice) => choice.kind === kind && choice.id === id))
      throw fieldError(
        'ruleBroken',
        `${pointer}/id`,
        'Choose a goal, an entry that stands, or a decision that was taken, of this coalition.',
      );
  }
}

async function setItems(
  tx: Tx,
  coalitionId: string,
  toolkitId: string,
  items: readonly ToolkitItemInput[],
): Promise<void> {
  await tx.run(`DELETE FROM toolkit_items WHERE toolkit_id = $1`, [toolkitId]);
  const rows = items.map(({ kind, id, title, body }, index) =>
    kind === 'page'
      ? { position: index + 1, kind, title, body }
      : { position: index + 1, kind, subject_id: id },
  );
  await tx.run(
    `INSERT INTO toolkit_items (coalition_id, toolkit_id, position, kind, subject_id, title, body)
     SELECT $1, $2, position, kind, subject_id, title, body
     FROM jsonb_to_recordset($3::jsonb) AS i (position integer, kind text, subject_id uuid, title text, body text)`,
    [coalitionId, toolkitId, JSON.stringify(rows)],
  );
}
