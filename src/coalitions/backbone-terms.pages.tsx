import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow } from '../platform/http/access.js';
import { dayText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { NameBackbone } from './backbone-term.dto.js';
import { BackboneTermsService } from './backbone-terms.service.js';
import { coalitionCalendar } from './coalition.js';
import { EndPeriod } from './membership.dto.js';
import { organisationChoices } from './organisation-choices.js';
import { EndPage, NameBackbonePage } from './people-forms.js';

@Controller()
export class BackboneTermsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly terms: BackboneTermsService,
  ) {}

  @Get('coalitions/:coalitionId/backbone-terms/new')
  @Allow('coalition', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawNew(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/backbone-terms')
  @Allow('coalition', 'backbone')
  async name(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: NameBackbone,
      work: (tx, input) => this.terms.name(tx, coalitionId, input),
      done: ({ organisationName, sinceOn }) => ({
        to: coalitionPath(coalitionId, 'people'),
        say: `${organisationName} serves as the backbone from ${dayText(sinceOn, signedInOf(reply).locale)}.`,
      }),
      again: (refusal) => this.drawNew(reply, coalitionId, refusal),
    });
  }

  @Get('backbone-terms/:backboneTermId/end')
  @Allow('backboneTerm', 'backbone')
  async endForm(@Res() reply: FastifyReply, @Param('backboneTermId') termId: string): Promise<void> {
    await this.drawEnd(reply, termId);
  }

  @Post('backbone-terms/:backboneTermId/end')
  @Allow('backboneTerm', 'backbone')
  async end(@Res() reply: FastifyReply, @Param('backboneTermId') termId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: EndPeriod,
      work: (tx, input) => this.terms.end(tx, termId, input),
      done: ({ coalitionId, organisationName, sinceOn, untilOn }) => ({
        to: coalitionPath(coalitionId, 'people'),
        say: `${organisationName} serves as the backbone until ${dayText(untilOn ?? sinceOn, signedInOf(reply).locale)}.`,
      }),
      again: (refusal) => this.drawEnd(reply, termId, refusal),
    });
  }

  private async drawNew(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      organisations: await organisationChoices(tx, coalitionId),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const title = 'Name the backbone';
    const crumbs = [{ label: 'People', href: coalitionPath(coalitionId, 'people') }, { label: title }];
    await this.pages.show(reply, { title, section: 'people', crumbs }, (page) => (
      <NameBackbonePage {...view} page={page} coalitionId={coalitionId} refusal={refusal} />
    ));
  }

  private async drawEnd(reply: FastifyReply, termId: string, refusal?: Refusal): Promise<void> {
    const { term, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const term = await this.terms.read(tx, termId);
      return { term, today: (await coalitionCalendar(tx, term.coalitionId)).today };
    });
    const title = 'End a backbone term';
    const crumbs = [{ label: 'People', href: coalitionPath(term.coalitionId, 'people') }, { label: title }];
    await this.pages.show(reply, { title, section: 'people', crumbs }, (page) => (
      <EndPage
        page={page}
        coalitionId={term.coalitionId}
        title={title}
        what={term.organisationName}
        action={`/backbone-terms/${termId}/end`}
        submit="End the term"
        today={today}
        refusal={refusal}
      />
    ));
  }
}
