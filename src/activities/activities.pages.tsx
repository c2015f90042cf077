import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { organisationChoices } from '../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members } from '../platform/http/access.js';
import { Integer } from '../platform/http/fields.js';
import { type Access, Where } from '../platform/http/request.js';
import type { Option } from '../web/forms/fields.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../web/pages.js';
import { ActivitiesPage } from './activities-page.js';
import { ActivitiesService, organisationOf } from './activities.service.js';
import { ActivitiesQuery, AddActivity, StateTheory } from './activity.dto.js';
import { ActivityFormPage, TheoryFormPage } from './activity-forms.js';
import { TheoriesService } from './theories.service.js';
import { TheoryPage } from './theory-page.js';

/** The forms send everything, and the version they were drawn from. */
class ActivityForm extends AddActivity {
  @Integer(1, 1_000_000_000) version!: number;
}
class TheoryForm extends StateTheory {
  @Integer(0, 1_000_000_000) version!: number;
}

@Controller()
export class ActivitiesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly activities: ActivitiesService,
    private readonly theories: TheoriesService,
  ) {}

  @Get('coalitions/:coalitionId/activities')
  @Allow('coalition', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ActivitiesQuery,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      ...{ coalitionId, query },
      activities: await this.activities.list(tx, coalitionId, query),
      organisations: await organisationChoices(tx, coalitionId),
      goals: await goalChoices(tx, coalitionId),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const heading: Heading = { title: 'Activities', section: 'people', crumbs: [{ label: 'Activities' }] };
    await this.pages.show(reply, heading, (page) => <ActivitiesPage page={page} view={view} />);
  }

  @Get('organisations/:organisationId/theory-of-change')
  @Allow('organisation', ...members)
  async theory(
    @Res() reply: FastifyReply,
    @Where() { roles, organisationIds, coalitionId }: Access,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    const isOwn = roles.includes('partner') && organisationIds.includes(organisationId);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      theory: await this.theories.read(tx, organisationId),
      mayWrite: roles.includes('backbone') || isOwn,
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const heading = headingOf(coalitionId, organisationId, view.theory.organisation);
    await this.pages.show(reply, heading, (page) => <TheoryPage page={page} view={view} />);
  }

  @Get('organisations/:payeeId/theory-of-change/edit')
  @Allow('payee', 'partner', 'backbone')
  async theoryForm(@Res() reply: FastifyReply, @Param('payeeId') payeeId: string): Promise<void> {
    await this.drawTheoryForm(reply, payeeId);
  }

  @Post('organisations/:payeeId/theory-of-change')
  @Allow('payee', 'partner', 'backbone')
  async state(@Res() reply: FastifyReply, @Param('payeeId') payeeId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: TheoryForm,
      work: (tx, { version, statement }) => this.theories.state(tx, payeeId, version, { statement }),
      done: () => ({
        to: `/organisations/${payeeId}/theory-of-change`,
        say: 'It is written. What was before is kept.',
      }),
      again: (refusal) => this.drawTheoryForm(reply, payeeId, refusal),
    });
  }

  @Get('organisations/:payeeId/activities/new')
  @Allow('payee', 'partner', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('payeeId') payeeId: string): Promise<void> {
    await this.drawNew(reply, payeeId);
  }

  @Post('organisations/:payeeId/activities')
  @Allow('payee', 'partner', 'backbone')
  async add(@Res() reply: FastifyReply, @Param('payeeId') payeeId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddActivity,
      work: (tx, input) => this.activities.add(tx, payeeId, input),
      done: ({ name }) => ({ to: `/organisations/${payeeId}/theory-of-change`, say: `“${name}” is added.` }),
      again: (refusal) => this.drawNew(reply, payeeId, refusal),
    });
  }

  @Get('activities/:activityId/edit')
  @Allow('activity', 'partner', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('activityId') activityId: string): Promise<void> {
    await this.drawEdit(reply, activityId);
  }

  @Post('activities/:activityId')
  @Allow('activity', 'partner', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('activityId') activityId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ActivityForm,
      // What was emptied is nothing: no goal, no last day.
      work: (tx, { version, goalIds = [], untilOn = null, description = null, ...rest }) =>
        this.activities.change(tx, activityId, version, { ...rest, goalIds, untilOn, description }),
      done: ({ organisationId, name }) => ({
        to: `/organisations/${organisationId}/theory-of-change`,
        say: `“${name}” is changed.`,
      }),
      again: (refusal) => this.drawEdit(reply, activityId, refusal),
    });
  }

  @Post('activities/:activityId/end')
  @Allow('activity', 'partner', 'backbone')
  async end(@Res() reply: FastifyReply, @Param('activityId') activityId: string): Promise<void> {
    const { organisationId } = await inSnapshot(this.db, actorOf(reply), (tx) =>
      this.activities.read(tx, activityId),
    );
    const to = `/organisations/${organisationId}/theory-of-change`;
    await this.pages.press(reply, {
      work: (tx) => this.activities.end(tx, activityId, {}),
      done: ({ name }) => ({ to, say: `“${name}” ends today. It stays on record.` }),
      back: to,
    });
  }

  private async drawNew(reply: FastifyReply, organisationId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const { coalitionId, name } = await organisationOf(tx, organisationId);
      const { today } = await coalitionCalendar(tx, coalitionId);
      return { coalitionId, organisation: name, goals: await goalChoices(tx, coalitionId), today };
    });
    const heading = headingOf(view.coalitionId, organisationId, view.organisation, 'Add an activity');
    await this.pages.show(reply, heading, (page) => (
      <ActivityFormPage {...view} page={page} organisationId={organisationId} refusal={refusal} />
    ));
  }

  private async drawEdit(reply: FastifyReply, activityId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const activity = await this.activities.read(tx, activityId);
      const { today } = await coalitionCalendar(tx, activity.coalitionId);
      return { activity, goals: await goalChoices(tx, activity.coalitionId), today };
    });
    const { coalitionId, organisationId, organisation, name } = view.activity;
    await this.pages.show(reply, headingOf(coalitionId, organisationId, organisation, name), (page) => (
      <ActivityFormPage
        {...view}
        page={page}
        organisationId={organisationId}
        organisation={organisation}
        refusal={refusal}
      />
    ));
  }

  private async drawTheoryForm(
    reply: FastifyReply,
    organisationId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const { theory, coalitionId } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      theory: await this.theories.read(tx, organisationId),
      coalitionId: (await organisationOf(tx, organisationId)).coalitionId,
    }));
    const heading = headingOf(coalitionId, organisationId, theory.organisation, 'Write it');
    await this.pages.show(reply, heading, (page) => (
      <TheoryFormPage page={page} theory={theory} refusal={refusal} />
    ));
  }
}

const goalChoices = (tx: Tx, coalitionId: string): Promise<Option[]> =>
  tx.rows(`SELECT id AS value, name AS label FROM goals WHERE coalition_id = $1 ORDER BY name LIMIT 500`, [
    coalitionId,
  ]);

const headingOf = (
  coalitionId: string,
  organisationId: string,
  organisation: string,
  what?: string,
): Heading => {
  const home = `/organisations/${organisationId}`;
  return {
    title: what ?? `How ${organisation} works`,
    section: 'people',
    crumbs: [
      { label: 'Organisations', href: `${coalitionPath(coalitionId)}/organisations` },
      { label: organisation, href: home },
      what ? { label: 'Theory of change', href: `${home}/theory-of-change` } : { label: 'Theory of change' },
      ...(what ? [{ label: what }] : []),
    ],
  };
};
