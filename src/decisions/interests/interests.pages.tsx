import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { EndPeriod } from '../../coalitions/membership.dto.js';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { EndPage } from '../../coalitions/people-forms.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { dayText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { peopleOf } from '../decision-view.js';
import { DeclareInterest, InterestsQuery } from './interest.dto.js';
import { InterestsPage } from './interests-page.js';
import { InterestsService } from './interests.service.js';

@Controller()
export class InterestsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly interests: InterestsService,
  ) {}

  @Get('coalitions/:coalitionId/interests')
  @Allow('coalition', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() query: InterestsQuery,
  ): Promise<void> {
    await this.draw(reply, coalitionId, query);
  }

  @Post('coalitions/:coalitionId/interests')
  @Allow('coalition', ...members)
  async declare(
    @Res() reply: FastifyReply,
    @Where() { roles }: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: DeclareInterest,
      work: (tx, input) => this.interests.declare(tx, coalitionId, input, roles.includes('backbone')),
      done: ({ organisation }) => ({
        to: `${coalitionPath(coalitionId)}/interests`,
        say: `The interest in ${organisation} is on the register.`,
      }),
      again: (refusal) => this.draw(reply, coalitionId, {}, refusal),
    });
  }

  @Get('interests/:interestId/end')
  @Allow('interest', ...members)
  async endForm(@Res() reply: FastifyReply, @Param('interestId') interestId: string): Promise<void> {
    await this.drawEnd(reply, interestId);
  }

  @Post('interests/:interestId/end')
  @Allow('interest', ...members)
  async end(
    @Res() reply: FastifyReply,
    @Where() { roles }: Access,
    @Param('interestId') interestId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: EndPeriod,
      work: (tx, input) => this.interests.end(tx, interestId, input, roles.includes('backbone')),
      done: ({ coalitionId, sinceOn, untilOn }) => ({
        to: `${coalitionPath(coalitionId)}/interests`,
        say: `The interest ends after ${dayText(untilOn ?? sinceOn, signedInOf(reply).locale)}. It stays on the register.`,
      }),
      again: (refusal) => this.drawEnd(reply, interestId, refusal),
    });
  }

  private async draw(
    reply: FastifyReply,
    coalitionId: string,
    query: InterestsQuery,
    refusal?: Refusal,
  ): Promise<void> {
    const { personId } = actorOf(reply);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const { today } = await coalitionCalendar(tx, coalitionId);
      return {
        ...{ coalitionId, query, personId, today },
        interests: await this.interests.list(tx, coalitionId, query),
        organisations: await organisationChoices(tx, coalitionId),
        people: await peopleOf(tx, coalitionId, today),
      };
    });
    await this.pages.show(reply, heading(coalitionId, 'Conflict register'), (page) => (
      <InterestsPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawEnd(reply: FastifyReply, interestId: string, refusal?: Refusal): Promise<void> {
    const { interest, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const interest = await this.interests.read(tx, interestId);
      return { interest, today: (await coalitionCalendar(tx, interest.coalitionId)).today };
    });
    await this.pages.show(reply, heading(interest.coalitionId, 'End an interest'), (page) => (
      <EndPage
        page={page}
        coalitionId={interest.coalitionId}
        title="End an interest"
        what={`${interest.person}: ${interest.organisation}`}
        action={`/interests/${interestId}/end`}
        submit="End it"
        today={today}
        refusal={refusal}
      />
    ));
  }
}

const heading = (coalitionId: string, title: string): Heading => ({
  title,
  section: 'decisions',
  crumbs: [{ label: 'Decisions', href: coalitionPath(coalitionId, 'decisions') }, { label: title }],
});
