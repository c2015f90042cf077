import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { invalidInput, refusals } from '../../platform/http/validation.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { PreviewBar, ToolkitDocument } from './toolkit-document.js';
import { ToolkitForm, toPrepareToolkit } from './toolkit-form.dto.js';
import { ToolkitFormPage } from './toolkit-form.js';
import { ToolkitPage, type ToolkitPageProps } from './toolkit-page.js';
import { EndToolkit, PrepareToolkit, PublishToolkit } from './toolkit.dto.js';
import { choicesOf } from './toolkits.choices.js';
import { editionsOf, readToolkit } from './toolkits.read.js';
import { sharers } from './toolkit.rules.js';
import { ToolkitsService } from './toolkits.service.js';

const homeOf = (coalitionId: string): string => `${coalitionPath(coalitionId, 'learning')}/toolkit`;

@Controller('coalitions/:coalitionId/learning/toolkit')
export class ToolkitPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly toolkits: ToolkitsService,
  ) {}

  @Get()
  @Allow('coalition', ...sharers)
  async show(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    await this.draw(reply, access);
  }

  @Get('edit')
  @Allow('coalition', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawForm(reply, coalitionId);
  }

  @Post()
  @Allow('coalition', 'backbone')
  async prepare(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ToolkitForm,
      shape: { flags: ['namesPeople'] },
      work: async (tx, form) => {
        const input = plainToInstance(PrepareToolkit, toPrepareToolkit(form));
        const wrong = await refusals(input);
        if (wrong.length > 0) throw invalidInput(wrong);
        return this.toolkits.prepare(tx, coalitionId, form.version, input);
      },
      done: () => ({ to: homeOf(coalitionId), say: 'The choice is saved. Nothing of it is public by that.' }),
      again: (refusal) => this.drawForm(reply, coalitionId, refusal),
    });
  }

  @Get('preview')
  @Allow('coalition', ...sharers)
  async preview(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const { content, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      content: await this.toolkits.preview(tx, coalitionId),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    await this.drawDocument(reply, coalitionId, {
      ...{ content, today, title: 'Preview' },
      text: 'A preview of what would be published now. Nobody outside sees it.',
    });
  }

  @Get('asked')
  @Allow('coalition', ...sharers)
  async asked(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const { edition, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      edition: (await editionsOf(tx, coalitionId)).find(({ state }) => state === 'asked'),
      ...(await coalitionCalendar(tx, coalitionId)),
    }));
    if (!edition) throw notFound('edition');
    await this.drawDocument(reply, coalitionId, {
      content: edition.content,
      today,
      title: `Edition ${edition.number}`,
      text: `Exactly what ${edition.askedByName} asked to publish. Nobody outside sees it yet.`,
    });
  }

  @Post('ask')
  @Allow('coalition', 'backbone')
  async ask(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.toolkits.ask(tx, coalitionId),
      done: () => ({ to: homeOf(coalitionId), say: 'It is asked for. Somebody else looks at it now.' }),
      back: homeOf(coalitionId),
    });
  }

  @Post('publish')
  @Allow('coalition', ...sharers)
  async publish(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    const { coalitionId } = access;
    await this.pages.submit(reply, {
      input: PublishToolkit,
      work: (tx, input) => this.toolkits.publish(tx, coalitionId, input),
      done: ({ published }) => ({
        to: homeOf(coalitionId),
        say: `It is public, at /toolkit/${published!.slug}.`,
      }),
      again: ({ detail }) => this.pages.refuse(reply, homeOf(coalitionId), detail),
    });
  }

  @Post('refuse')
  @Allow('coalition', ...sharers)
  async refuse(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    await this.pages.submit(reply, {
      input: EndToolkit,
      work: (tx, input) => this.toolkits.refuse(tx, access.coalitionId, input),
      done: () => ({ to: homeOf(access.coalitionId), say: 'It is refused, and stays as it was.' }),
      again: (refusal) => this.draw(reply, access, { ...refusal, of: 'refuse' }),
    });
  }

  @Post('unpublish')
  @Allow('coalition', ...sharers)
  async unpublish(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    await this.pages.submit(reply, {
      input: EndToolkit,
      work: (tx, input) => this.toolkits.unpublish(tx, access.coalitionId, input),
      done: () => ({ to: homeOf(access.coalitionId), say: 'It is taken off. Nothing is public any more.' }),
      again: (refusal) => this.draw(reply, access, { ...refusal, of: 'unpublish' }),
    });
  }

  private async draw(
    reply: FastifyReply,
    { coalitionId, roles }: Access,
    refusal?: ToolkitPageProps['refusal'],
  ): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) => {
      const editions = await editionsOf(tx, coalitionId);
      const own = await tx.row<{ id: string }>(`SELECT id FROM toolkits WHERE coalition_id = $1`, [
        coalitionId,
      ]);
      return {
        toolkit: await readToolkit(tx, coalitionId),
        editions,
        history: own ? await historyOf(tx, { kind: 'toolkit', id: own.id }) : [],
        home: homeOf(coalitionId),
        mayPrepare: roles.includes('backbone'),
        isAsker: editions.some(({ state, askedBy }) => state === 'asked' && askedBy === actor.personId),
        timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
      };
    });
    await this.pages.show(reply, headingOf(coalitionId), (page) => (
      <ToolkitPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawForm(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      toolkit: await readToolkit(tx, coalitionId),
      choices: await choicesOf(tx, coalitionId),
      home: homeOf(coalitionId),
    }));
    await this.pages.show(reply, headingOf(coalitionId, 'What we share'), (page) => (
      <ToolkitFormPage page={page} refusal={refusal} {...view} />
    ));
  }

  private async drawDocument(
    reply: FastifyReply,
    coalitionId: string,
    shown: { title: string; text: string } & Parameters<typeof ToolkitDocument>[0],
  ): Promise<void> {
    const { title, text, ...document } = shown;
    await this.pages.show(reply, headingOf(coalitionId, title), (page) => (
      <Shell page={page}>
        <PreviewBar text={text} backHref={homeOf(coalitionId)} />
        <div class="tb-toolkit">
          <ToolkitDocument {...document} />
        </div>
      </Shell>
    ));
  }
}

function headingOf(coalitionId: string, title?: string): Heading {
  const learning = { label: 'Learning', href: coalitionPath(coalitionId, 'learning') };
  const toolkit = { label: 'Toolkit', href: title === undefined ? undefined : homeOf(coalitionId) };
  const crumbs = title === undefined ? [learning, toolkit] : [learning, toolkit, { label: title }];
  return { title: title ?? 'Toolkit', section: 'learning', crumbs };
}
