import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { Integer } from '../platform/http/fields.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { readQuery } from '../web/read-query.js';
import { MembershipsService } from './memberships.service.js';
import { AddOrganisation, OrganisationsQuery } from './organisation.dto.js';
import { OrganisationFormPage } from './organisation-form.js';
import { OrganisationPage } from './organisation-page.js';
import { readOrganisationView } from './organisation-view.js';
import { OrganisationsPage } from './organisations-page.js';
import { OrganisationsService } from './organisations.service.js';

/** The form sends everything, and the version it was drawn from. */
class OrganisationForm extends AddOrganisation {
  @Integer(1, 1_000_000_000)
  version!: number;
}

const organisationsPath = (coalitionId: string) => `${coalitionPath(coalitionId)}/organisations`;
const organisationsCrumb = (coalitionId: string) => ({
  label: 'Organisations',
  href: organisationsPath(coalitionId),
});

@Controller()
export class OrganisationsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly organisations: OrganisationsService,
    private readonly memberships: MembershipsService,
  ) {}

  @Get('coalitions/:coalitionId/organisations')
  @Allow('coalition', ...members)
  async list(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const query = await readQuery(reply, OrganisationsQuery);
    const organisations = await inSnapshot(this.db, actorOf(reply), (tx) =>
      this.organisations.list(tx, coalitionId, query),
    );
    const heading = {
      title: 'Organisations',
      section: 'people' as const,
      crumbs: [{ label: 'Organisations' }],
    };
    await this.pages.show(reply, heading, (page) => (
      <OrganisationsPage page={page} coalitionId={coalitionId} organisations={organisations} query={query} />
    ));
  }

  @Get('coalitions/:coalitionId/organisations/new')
  @Allow('coalition', 'backbone', 'finance')
  async form(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawNew(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/organisations')
  @Allow('coalition', 'backbone', 'finance')
  async add(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddOrganisation,
      work: (tx, input) => this.organisations.add(tx, coalitionId, input),
      done: ({ id, name }) => ({ to: `/organisations/${id}`, say: `${name} is added.` }),
      again: (refusal) => this.drawNew(reply, coalitionId, refusal),
    });
  }

  @Get('organisations/:organisationId')
  @Allow('organisation', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    const { organisations, memberships } = this;
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readOrganisationView(tx, { organisations, memberships }, organisationId, access),
    );
    const { name, coalitionId } = view.organisation;
    const crumbs = [organisationsCrumb(coalitionId), { label: name }];
    await this.pages.show(reply, { title: name, section: 'people', crumbs }, (page) => (
      <OrganisationPage page={page} view={view} />
    ));
  }

  @Get('organisations/:organisationId/edit')
  @Allow('organisation', 'backbone', 'finance')
  async edit(@Res() reply: FastifyReply, @Param('organisationId') organisationId: string): Promise<void> {
    await this.drawEdit(reply, organisationId);
  }

  @Post('organisations/:organisationId')
  @Allow('organisation', 'backbone', 'finance')
  async change(@Res() reply: FastifyReply, @Param('organisationId') organisationId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: OrganisationForm,
      // A field that was emptied is forgotten.
      work: (tx, { version, orgId = null, email = null, ...facts }) =>
        this.organisations.change(tx, organisationId, version, { ...facts, orgId, email }),
      done: ({ name }) => ({ to: `/organisations/${organisationId}`, say: `${name} is changed.` }),
      again: (refusal) => this.drawEdit(reply, organisationId, refusal),
    });
  }

  private async drawNew(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const crumbs = [organisationsCrumb(coalitionId), { label: 'Add an organisation' }];
    await this.pages.show(reply, { title: 'Add an organisation', section: 'people', crumbs }, (page) => (
      <OrganisationFormPage
        page={page}
        action={organisationsPath(coalitionId)}
        cancelHref={organisationsPath(coalitionId)}
        refusal={refusal}
      />
    ));
  }

  private async drawEdit(reply: FastifyReply, organisationId: string, refusal?: Refusal): Promise<void> {
    const organisation = await inSnapshot(this.db, actorOf(reply), (tx) =>
      this.organisations.read(tx, organisationId),
    );
    const address = `/organisations/${organisationId}`;
    const title = `Change ${organisation.name}`;
    const crumbs = [
      organisationsCrumb(organisation.coalitionId),
      { label: organisation.name, href: address },
      { label: 'Change' },
    ];
    await this.pages.show(reply, { title, section: 'people', crumbs }, (page) => (
      <OrganisationFormPage
        page={page}
        action={address}
        cancelHref={address}
        organisation={organisation}
        refusal={refusal}
      />
    ));
  }
}
