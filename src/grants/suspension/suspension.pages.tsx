import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readGrantView } from '../grant-view.js';
import { ResumeGrant, SuspendGrant } from './suspension.dto.js';
import { ResumePage, SuspendPage } from './suspension-forms.js';
import { SuspensionService } from './suspension.service.js';

const forms = {
  suspend: { title: 'Suspend it', Page: SuspendPage },
  resume: { title: 'Resume it', Page: ResumePage },
} as const;

@Controller('grants/:grantId')
export class SuspensionPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly suspension: SuspensionService,
  ) {}

  @Get('suspend')
  @Allow('grant', 'backbone', 'finance')
  async suspendForm(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.draw(reply, access, grantId, 'suspend');
  }

  @Post('suspend')
  @Allow('grant', 'backbone', 'finance')
  async suspend(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: SuspendGrant,
      work: (tx, input) => this.suspension.suspend(tx, grantId, input),
      done: ({ reference }) => ({
        to: `/grants/${grantId}`,
        say: `${reference} is suspended. What comes due is held until it is resumed.`,
      }),
      again: (refusal) => this.draw(reply, access, grantId, 'suspend', refusal),
    });
  }

  @Get('resume')
  @Allow('grant', 'backbone', 'finance')
  async resumeForm(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.draw(reply, access, grantId, 'resume');
  }

  @Post('resume')
  @Allow('grant', 'backbone', 'finance')
  async resume(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: ResumeGrant,
      work: (tx, { reason }) => this.suspension.resume(tx, grantId, reason),
      done: ({ reference }) => ({
        to: `/grants/${grantId}`,
        say: `${reference} is resumed. What waited comes due, or waits for cash.`,
      }),
      again: (refusal) => this.draw(reply, access, grantId, 'resume', refusal),
    });
  }

  private async draw(
    reply: FastifyReply,
    access: Access,
    grantId: string,
    form: keyof typeof forms,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readGrantView(tx, grantId, access));
    const { title, Page } = forms[form];
    const crumbs = [
      { label: 'Grants', href: coalitionPath(access.coalitionId, 'grants') },
      { label: view.grant.reference, href: `/grants/${grantId}` },
      { label: title },
    ];
    await this.pages.show(reply, { title, section: 'grants', crumbs }, (page) => (
      <Page page={page} view={view} refusal={refusal} />
    ));
  }
}
