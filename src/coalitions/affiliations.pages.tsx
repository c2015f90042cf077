import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { notFound } from '../platform/errors/domain-error.js';
import { Allow, members } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { ChangeEmployer } from './affiliation.dto.js';
import { AffiliationsService } from './affiliations.service.js';
import { coalitionCalendar } from './coalition.js';
import { EmployerPage } from './employer-form.js';
import { organisationChoices } from './organisation-choices.js';
import { findPerson } from './persons-here.js';

/** The form is sent to the person's own address. */
class EmployerForm extends OmitType(ChangeEmployer, ['personId'] as const) {}

@Controller()
export class AffiliationsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly affiliations: AffiliationsService,
  ) {}

  @Get('coalitions/:coalitionId/people/:personId/employer')
  @Allow('coalition', ...members)
  async form(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Param('personId') personId: string,
  ): Promise<void> {
    await this.draw(reply, coalitionId, personId);
  }

  @Post('coalitions/:coalitionId/people/:personId/employer')
  @Allow('coalition', ...members)
  async change(
    @Res() reply: FastifyReply,
    @Where() { roles }: Access,
    @Param('coalitionId') coalitionId: string,
    @Param('personId') personId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: EmployerForm,
      work: async (tx, input) => {
        const { id } = await findPerson(tx, coalitionId, personId);
        return this.affiliations.change(
          tx,
          coalitionId,
          { ...input, personId: id },
          roles.includes('backbone'),
        );
      },
      done: ({ person, employer }) => ({
        to: `${coalitionPath(coalitionId, 'people')}/${personId}`,
        say:
          employer === null
            ? `${person} works for nobody here any more.`
            : `${person} works for ${employer}.`,
      }),
      again: (refusal) => this.draw(reply, coalitionId, personId, refusal),
    });
  }

  private async draw(
    reply: FastifyReply,
    coalitionId: string,
    personId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const { request } = reply;
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const person = await findPerson(tx, coalitionId, personId);
      const isOwn = person.id === tx.actor.personId;
      if (!isOwn && !request.access?.roles.includes('backbone')) throw notFound('page');
      const { items } = await this.affiliations.list(tx, coalitionId, { personId: person.id, limit: 1 });
      return {
        person,
        organisations: await organisationChoices(tx, coalitionId),
        employer: items[0]?.untilOn === null ? items[0].organisation : null,
        today: (await coalitionCalendar(tx, coalitionId)).today,
      };
    });
    const people = coalitionPath(coalitionId, 'people');
    const title = 'Employer';
    const crumbs = [
      { label: 'People', href: people },
      { label: view.person.name, href: `${people}/${view.person.id}` },
      { label: title },
    ];
    await this.pages.show(reply, { title, section: 'people', crumbs }, (page) => (
      <EmployerPage {...view} page={page} coalitionId={coalitionId} refusal={refusal} />
    ));
  }
}
