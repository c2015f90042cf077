import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InvitationsService } from '../account/invitations.service.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { dayText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { readQuery } from '../web/read-query.js';
import { roleNames } from '../web/role-names.js';
import { BackboneTermsService } from './backbone-terms.service.js';
import { coalitionCalendar } from './coalition.js';
import { EndPeriod, GiveSeat, type MembershipAnswer, MembershipsQuery } from './membership.dto.js';
import { MembershipsService } from './memberships.service.js';
import { organisationChoices } from './organisation-choices.js';
import { EndPage, InvitePage } from './people-forms.js';
import { PeoplePage } from './people-page.js';
import { readPeople } from './people-view.js';

interface Prefilled {
  personId?: string;
  organisationId?: string;
}

@Controller()
export class PeoplePages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly memberships: MembershipsService,
    private readonly terms: BackboneTermsService,
    private readonly invitations: InvitationsService,
  ) {}

  @Get('coalitions/:coalitionId/people')
  @Allow('coalition', ...members)
  async people(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const { memberships, terms, invitations } = this;
    const query = await readQuery(reply, MembershipsQuery);
    const isBackbone = access.roles.includes('backbone');
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readPeople(tx, { memberships, terms, invitations }, coalitionId, query, isBackbone),
    );
    await this.pages.show(
      reply,
      { title: 'People', section: 'people', crumbs: [{ label: 'People' }] },
      (page) => <PeoplePage page={page} view={view} />,
    );
  }

  @Get('coalitions/:coalitionId/people/invite')
  @Allow('coalition', 'backbone')
  async inviteForm(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query('person') personId?: string,
    @Query('organisation') organisationId?: string,
  ): Promise<void> {
    await this.drawInvite(reply, coalitionId, { personId, organisationId });
  }

  @Post('coalitions/:coalitionId/people')
  @Allow('coalition', 'backbone')
  async invite(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GiveSeat,
      work: (tx, input) => this.memberships.give(tx, coalitionId, input),
      done: ({ personName, role }) => ({
        to: coalitionPath(coalitionId, 'people'),
        say: `${personName} has the seat of ${role}.`,
      }),
      again: (refusal) =>
        this.drawInvite(reply, coalitionId, { personId: textOf(refusal.values.personId) }, refusal),
    });
  }

  @Get('memberships/:membershipId/end')
  @Allow('membership', 'backbone')
  async endForm(@Res() reply: FastifyReply, @Param('membershipId') membershipId: string): Promise<void> {
    await this.drawEnd(reply, membershipId);
  }

  @Post('memberships/:membershipId/end')
  @Allow('membership', 'backbone')
  async end(@Res() reply: FastifyReply, @Param('membershipId') membershipId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: EndPeriod,
      work: (tx, input) => this.memberships.end(tx, membershipId, input),
      done: ({ coalitionId, personName, role, sinceOn, untilOn }) => ({
        to: coalitionPath(coalitionId, 'people'),
        say: `${personName} holds the seat of ${role} until ${dayText(untilOn ?? sinceOn, signedInOf(reply).locale)}.`,
      }),
      again: (refusal) => this.drawEnd(reply, membershipId, refusal),
    });
  }

  private async drawInvite(
    reply: FastifyReply,
    coalitionId: string,
    { personId, organisationId }: Prefilled,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      organisations: await organisationChoices(tx, coalitionId),
      person: await findPerson(tx, coalitionId, personId),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const title = view.person ? 'Give a seat' : 'Invite a person';
    const crumbs = [{ label: 'People', href: coalitionPath(coalitionId, 'people') }, { label: title }];
    await this.pages.show(reply, { title, section: 'people', crumbs }, (page) => (
      <InvitePage
        {...view}
        page={page}
        coalitionId={coalitionId}
        organisationId={organisationId}
        refusal={refusal}
      />
    ));
  }

  private async drawEnd(reply: FastifyReply, membershipId: string, refusal?: Refusal): Promise<void> {
    const { seat, today } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const seat = await this.memberships.read(tx, membershipId);
      return { seat, today: (await coalitionCalendar(tx, seat.coalitionId)).today };
    });
    const crumbs = [
      { label: 'People', href: coalitionPath(seat.coalitionId, 'people') },
      { label: 'End a seat' },
    ];
    await this.pages.show(reply, { title: 'End a seat', section: 'people', crumbs }, (page) => (
      <EndPage
        page={page}
        coalitionId={seat.coalitionId}
        title="End a seat"
        what={seatWords(seat)}
        action={`/memberships/${membershipId}/end`}
        submit="End the seat"
        today={today}
        refusal={refusal}
      />
    ));
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function seatWords({ personName, role, organisationName }: MembershipAnswer): string {
  const seat = `${personName}: ${roleNames[role] ?? role}`;
  return organisationName ? `${seat} for ${organisationName}` : seat;
}

/** A person of the coalition; an id that is none, or is somebody else's, is nobody. */
function findPerson(tx: Tx, coalitionId: string, personId: string | undefined) {
  return tx.row<{ id: string; name: string }>(
    `SELECT p.id, p.name FROM persons p WHERE p.id::text = $2
       AND EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.coalition_id = $1)`,
    [coalitionId, personId ?? null],
  );
}
