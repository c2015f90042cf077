import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Access } from '../../platform/http/request.js';
import { sightOf } from '../sight.js';
import { readEntry } from './entries.read.js';
import { type EntryWords, refuseFuture, requireChangeable, tidyWords } from './entry.rules.js';
import type {
  ChangeLearningEntry,
  LearningEntryAnswer,
  WithdrawLearningEntry,
  WriteLearningEntry,
} from './learning-entry.dto.js';
import { setLinks } from './links.js';

/** What a coalition writes down of what it learns. Words are kept in versions; nothing is removed. */
@Injectable()
export class LearningEntriesService {
  /** @throws ruleBroken naming the field */
  async write(tx: Tx, access: Access, command: WriteLearningEntry): Promise<LearningEntryAnswer> {
    const { coalitionId } = access;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const words = tidyWords({
      ...{ title: command.title, action: command.action, observation: command.observation },
      ...{ reflection: command.reflection ?? '', nextStep: command.nextStep ?? '' },
      ...{ happenedOn: command.happenedOn ?? today, tags: command.tags ?? [] },
    });
    refuseFuture(words.happenedOn, today);
    const id = newId();
    await tx.run(
      `INSERT INTO learning_entries (coalition_id, id, title, action, observation, reflection, next_step, happened_on, tags,
         author_id, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [coalitionId, id, ...wordParameters(words), tx.actor.personId!, tx.now],
    );
    await keepVersion(tx, { coalitionId, id, version: 1 }, words);
    const links = await setLinks(tx, { id, coalitionId }, command.links ?? [], sightOf(access));
    const subject = { kind: 'learningEntry', id };
    await audit(tx, {
      coalitionId,
      action: 'learningEntry.written',
      subject,
      after: { ...words, links: titles(links) },
    });
    return readEntry(tx, id, sightOf(access));
  }

  /** Writes it anew; what it said before is kept. @throws staleVersion, forbidden, stateForbids, ruleBroken */
  async change(
    tx: Tx,
    access: Access,
    entryId: string,
    version: number,
    command: ChangeLearningEntry,
  ): Promise<LearningEntryAnswer> {
    const sight = sightOf(access);
    const entry = await readEntry(tx, entryId, sight);
    requireChangeable(entry, personOf(tx, access));
    const { coalitionId } = entry;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const before = wordsOf(entry);
    const after = tidyWords({
      title: command.title ?? before.title,
      action: command.action ?? before.action,
      observation: command.observation ?? before.observation,
      reflection: command.reflection === undefined ? before.reflection : (command.reflection ?? ''),
      nextStep: command.nextStep === undefined ? before.nextStep : (command.nextStep ?? ''),
      happenedOn: command.happenedOn ?? before.happenedOn,
      tags: command.tags ?? before.tags,
    });
    refuseFuture(after.happenedOn, today);
    const changed = await tx.run(
      `UPDATE learning_entries SET title = $3, action = $4, observation = $5, reflection = $6, next_step = $7,
         happened_on = $8, tags = $9, written_at = $10, version = version + 1 WHERE id = $1 AND version = $2`,
      [entryId, version, ...wordParameters(after), tx.now],
    );
    if (changed !== 1)
      throw new DomainError('staleVersion', 'Somebody changed the entry meanwhile. Read it again.');
    await keepVersion(tx, { coalitionId, id: entryId, version: version + 1 }, after);
    const links = command.links
      ? await setLinks(tx, { id: entryId, coalitionId }, command.links, sight)
      : entry.links;
    await audit(tx, {
      ...{ coalitionId, action: 'learningEntry.changed', subject: { kind: 'learningEntry', id: entryId } },
      before: { ...before, links: titles(entry.links) },
      after: { ...after, links: titles(links) },
    });
    return readEntry(tx, entryId, sight);
  }

  /** Takes it back, with the reason; it stays on record, and is found when one asks for what was withdrawn. */
  async withdraw(
    tx: Tx,
    access: Access,
    entryId: string,
    { reason }: WithdrawLearningEntry,
  ): Promise<LearningEntryAnswer> {
    await tx.rows(`SELECT 1 FROM learning_entries WHERE id = $1 FOR UPDATE`, [entryId]);
    const entry = await readEntry(tx, entryId, sightOf(access));
    requireChangeable(entry, personOf(tx, access));
    await tx.run(
      `UPDATE learning_entries SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 WHERE id = $1`,
      [entryId, tx.now, tx.actor.personId!, reason],
    );
    await audit(tx, {
      ...{ coalitionId: entry.coalitionId, action: 'learningEntry.withdrawn', reason },
      subject: { kind: 'learningEntry', id: entryId },
    });
    return readEntry(tx, entryId, sightOf(access));
  }
}

export const personOf = (tx: Tx, { roles }: Access) => ({
  personId: tx.actor.personId,
  isBackbone: roles.includes('backbone'),
});

const titles = (links: readonly { title: string }[]): string[] => links.map(({ title }) => title).toSorted();

const wordsOf = (entry: LearningEntryAnswer): EntryWords => ({
  ...{ title: entry.title, action: entry.action, observation: entry.observation },
  ...{ reflection: entry.reflection, nextStep: entry.nextStep },
  ...{ happenedOn: entry.happenedOn, tags: entry.tags },
});

const wordParameters = (words: EntryWords) => [
  ...[words.title, words.action, words.observation, words.reflection, words.nextStep],
  ...[words.happenedOn, words.tags],
];

async function keepVersion(
  tx: Tx,
  entry: { coalitionId: string; id: string; version: number },
  words: EntryWords,
): Promise<void> {
  await tx.run(
    `INSERT INTO learning_entry_versions (coalition_id, entry_id, version, title, action, observation, reflection, next_step,
       happened_on, tags, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [entry.coalitionId, entry.id, entry.version, ...wordParameters(words), tx.actor.personId!, tx.now],
  );
}
