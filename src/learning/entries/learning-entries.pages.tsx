import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { invalidInput, refusals } from '../../platform/http/validation.js';
import type { Option } from '../../web/forms/fields.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { sightOf } from '../sight.js';
import { sharers } from '../toolkit/toolkit.rules.js';
import { EntryFormPage } from './entry-form.js';
import { EntryPage } from './entry-page.js';
import { mayChange } from './entry.rules.js';
import { listEntries, readEntry, versionsOf } from './entries.read.js';
import { LearningEntriesService, personOf } from './entries.service.js';
import { writers } from './learning-entries.controller.js';
import { ChangeLearningEntryForm, LearningEntryForm, toWriteEntry } from './learning-entry-form.dto.js';
import { LearningEntriesQuery, WithdrawLearningEntry, WriteLearningEntry } from './learning-entry.dto.js';
import { LearningPage } from './learning-page.js';
import { type Link, linkChoices, seenOf } from './links.js';

/** What a new entry is about, from the page that it is written from. */
interface Prefill {
  kind?: string;
  id?: string;
}

@Controller()
export class LearningEntriesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly entries: LearningEntriesService,
  ) {}

  @Get('coalitions/:coalitionId/learning')
  @Allow('coalition', ...members)
  async list(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    const query = await readQuery(reply, LearningEntriesQuery);
    const { coalitionId, roles } = access;
    const sight = sightOf(access);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      ...{ coalitionId, query },
      entries: await listEntries(tx, coalitionId, query, sight),
      tags: await tagChoices(tx, coalitionId),
      authors: await authorChoices(tx, coalitionId),
      linkTitle: await titleOfLink(tx, access, { kind: query.linkKind, id: query.linkId }),
      mayWrite: roles.some((role) => writers.includes(role)),
      mayShare: roles.some((role) => sharers.includes(role)),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const heading: Heading = { title: 'Learning', section: 'learning', crumbs: [{ label: 'Learning' }] };
    await this.pages.show(reply, heading, (page) => <LearningPage page={page} view={view} />);
  }

  @Get('coalitions/:coalitionId/learning/new')
  @Allow('coalition', ...writers)
  async form(@Res() reply: FastifyReply, @Where() access: Access, @Query() about: Prefill): Promise<void> {
    await this.drawNew(reply, access, about);
  }

  @Post('coalitions/:coalitionId/learning')
  @Allow('coalition', ...writers)
  async write(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    await this.pages.submit(reply, {
      input: LearningEntryForm,
      work: async (tx, form) => this.entries.write(tx, access, await checked(form)),
      done: ({ id, title }) => ({ to: `/learning-entries/${id}`, say: `“${title}” is written down.` }),
      again: (refusal) => this.drawNew(reply, access, {}, refusal),
    });
  }

  @Get('learning-entries/:learningEntryId')
  @Allow('learningEntry', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
  ): Promise<void> {
    await this.draw(reply, access, id);
  }

  @Get('learning-entries/:learningEntryId/edit')
  @Allow('learningEntry', ...writers)
  async edit(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
  ): Promise<void> {
    await this.drawEdit(reply, access, id);
  }

  @Post('learning-entries/:learningEntryId')
  @Allow('learningEntry', ...writers)
  async change(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: ChangeLearningEntryForm,
      work: async (tx, form) => this.entries.change(tx, access, id, form.version, await checked(form)),
      done: () => ({ to: `/learning-entries/${id}`, say: 'It is saved. What it said before is kept.' }),
      again: (refusal) => this.drawEdit(reply, access, id, refusal),
    });
  }

  @Post('learning-entries/:learningEntryId/withdraw')
  @Allow('learningEntry', ...writers)
  async withdraw(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawLearningEntry,
      work: (tx, input) => this.entries.withdraw(tx, access, id, input),
      done: () => ({ to: `/learning-entries/${id}`, say: 'It is withdrawn. It stays on record.' }),
      again: (refusal) => this.draw(reply, access, id, refusal),
    });
  }

  private async draw(reply: FastifyReply, access: Access, id: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const entry = await readEntry(tx, id, sightOf(access));
      const isWriter = access.roles.some((role) => writers.includes(role));
      return {
        entry,
        versions: (await versionsOf(tx, id, { limit: 500 })).items,
        history: await historyOf(tx, { kind: 'learningEntry', id }),
        mayChange: isWriter && mayChange(entry, personOf(tx, access)),
        ...(await coalitionCalendar(tx, access.coalitionId)),
      };
    });
    await this.pages.show(reply, headingOf(access.coalitionId, view.entry.title), (page) => (
      <EntryPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawNew(
    reply: FastifyReply,
    access: Access,
    about: Prefill,
    refusal?: Refusal,
  ): Promise<void> {
    const { coalitionId } = access;
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const [link] = await linkOf(tx, access, about);
      return { about: link, ...(await formView(tx, access, link ? [link] : [])) };
    });
    const home = coalitionPath(coalitionId, 'learning');
    await this.pages.show(reply, headingOf(coalitionId, 'Write an entry'), (page) => (
      <EntryFormPage page={page} action={home} cancelHref={home} refusal={refusal} {...view} />
    ));
  }

  private async drawEdit(reply: FastifyReply, access: Access, id: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const entry = await readEntry(tx, id, sightOf(access));
      return { entry, ...(await formView(tx, access, entry.links)) };
    });
    const address = `/learning-entries/${id}`;
    await this.pages.show(reply, headingOf(access.coalitionId, 'Change', view.entry), (page) => (
      <EntryFormPage page={page} action={address} cancelHref={address} refusal={refusal} {...view} />
    ));
  }
}

/** The form as the API takes it, held to the same rules. @throws invalidInput */
async function checked(form: LearningEntryForm): Promise<WriteLearningEntry> {
  const input = plainToInstance(WriteLearningEntry, toWriteEntry(form));
  const wrong = await refusals(input);
  if (wrong.length > 0) throw invalidInput(wrong);
  return input;
}

/** What may be linked to; what is linked already is among it, however old. */
async function formView(tx: Tx, access: Access, linked: readonly Link[]) {
  const choices = await linkChoices(tx, access.coalitionId, sightOf(access));
  const isOffered = (link: Link) => choices.some(({ kind, id }) => kind === link.kind && id === link.id);
  const older = linked.filter((link) => !isOffered(link));
  const { today } = await coalitionCalendar(tx, access.coalitionId);
  return {
    choices: [...choices, ...(await seenOf(tx, access.coalitionId, older, sightOf(access)))],
    today,
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an address names, if it is there and the reader may see it. */
async function linkOf(tx: Tx, access: Access, { kind, id }: Prefill) {
  if (typeof kind !== 'string' || typeof id !== 'string' || !uuid.test(id)) return [];
  return seenOf(tx, access.coalitionId, [{ kind, id }], sightOf(access));
}

const titleOfLink = async (tx: Tx, access: Access, about: Prefill): Promise<string | null> =>
  (await linkOf(tx, access, about))[0]?.title ?? null;

const tagChoices = (tx: Tx, coalitionId: string): Promise<Option[]> =>
  tx.rows(
    `SELECT tag AS value, tag || ' (' || count(*) || ')' AS label FROM learning_entries e CROSS JOIN unnest(e.tags) AS tag
     WHERE e.coalition_id = $1 AND e.withdrawn_at IS NULL GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 200`,
    [coalitionId],
  );

const authorChoices = (tx: Tx, coalitionId: string): Promise<Option[]> =>
  tx.rows(
    `SELECT DISTINCT p.id AS value, p.name AS label FROM learning_entries e JOIN persons p ON p.id = e.author_id
     WHERE e.coalition_id = $1 ORDER BY p.name LIMIT 500`,
    [coalitionId],
  );

function headingOf(coalitionId: string, title: string, entry?: { id: string; title: string }): Heading {
  const home = { label: 'Learning', href: coalitionPath(coalitionId, 'learning') };
  const way = entry ? [home, { label: entry.title, href: `/learning-entries/${entry.id}` }] : [home];
  return { title, section: 'learning', crumbs: [...way, { label: title }] };
}
