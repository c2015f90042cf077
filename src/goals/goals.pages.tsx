import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { historyOf } from '../platform/audit/history.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { Integer, Text } from '../platform/http/fields.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { readQuery } from '../web/read-query.js';
import { countGoalGrants, readGoalGrants } from './goal-work.js';
import { AddGoal, GoalsQuery } from './goal.dto.js';
import { GoalFormPage } from './goal-form.js';
import { GoalPage } from './goal-page.js';
import { GoalsPage } from './goals-page.js';
import { GoalsService } from './goals.service.js';
import { readScorecard } from './scorecard/scorecard.read.js';
import { versionsOfGoal } from './versions/goal-versions.js';

/** The form sends everything, and the version it was drawn from. */
class GoalForm extends AddGoal {
  @Integer(1, 1_000_000_000)
  version!: number;

  @Text({ optional: true, max: 500 })
  reason?: string;
}

const goalsCrumb = (coalitionId: string) => ({ label: 'Goals', href: coalitionPath(coalitionId, 'goals') });

@Controller()
export class GoalsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly goals: GoalsService,
  ) {}

  @Get('coalitions/:coalitionId/goals')
  @Allow('coalition', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const query = await readQuery(reply, GoalsQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const goals = await this.goals.list(tx, coalitionId, query);
      const ids = goals.items.map(({ id }) => id);
      const grants = await countGoalGrants(tx, access, ids);
      const { today } = await coalitionCalendar(tx, coalitionId);
      return { coalitionId, goals, grants, query, today };
    });
    const heading = { title: 'Goals', section: 'goals' as const, crumbs: [{ label: 'Goals' }] };
    await this.pages.show(reply, heading, (page) => <GoalsPage page={page} view={view} />);
  }

  @Get('coalitions/:coalitionId/goals/new')
  @Allow('coalition', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawNew(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/goals')
  @Allow('coalition', 'backbone')
  async add(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddGoal,
      work: (tx, input) => this.goals.add(tx, coalitionId, input),
      done: ({ id, name }) => ({ to: `/goals/${id}`, say: `The goal “${name}” is added.` }),
      again: (refusal) => this.drawNew(reply, coalitionId, refusal),
    });
  }

  @Get('goals/:goalId')
  @Allow('goal', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('goalId') goalId: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      goal: await this.goals.read(tx, goalId),
      grants: await readGoalGrants(tx, access, goalId),
      grantsInAll: (await countGoalGrants(tx, access, [goalId])).get(goalId) ?? 0,
      history: await historyOf(tx, { kind: 'goal', id: goalId }),
      versions: await versionsOfGoal(tx, goalId),
      score: (await readScorecard(tx, access.coalitionId, goalId)).goals[0]!,
      ...(await coalitionCalendar(tx, access.coalitionId)),
    }));
    const crumbs = [goalsCrumb(access.coalitionId), { label: view.goal.name }];
    const about = { kind: 'goal', id: goalId };
    await this.pages.show(reply, { title: view.goal.name, section: 'goals', crumbs, about }, (page) => (
      <GoalPage page={page} view={view} />
    ));
  }

  @Get('goals/:goalId/edit')
  @Allow('goal', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.drawEdit(reply, goalId);
  }

  @Post('goals/:goalId')
  @Allow('goal', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GoalForm,
      // A description that was emptied is forgotten.
      work: (tx, { version, description = null, ...terms }) =>
        this.goals.change(tx, goalId, version, { ...terms, description }),
      done: ({ name }) => ({ to: `/goals/${goalId}`, say: `The goal “${name}” is changed.` }),
      again: (refusal) => this.drawEdit(reply, goalId, refusal),
    });
  }

  private async drawNew(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const home = coalitionPath(coalitionId, 'goals');
    const crumbs = [goalsCrumb(coalitionId), { label: 'Add a goal' }];
    await this.pages.show(reply, { title: 'Add a goal', section: 'goals', crumbs }, (page) => (
      <GoalFormPage page={page} action={home} cancelHref={home} refusal={refusal} />
    ));
  }

  private async drawEdit(reply: FastifyReply, goalId: string, refusal?: Refusal): Promise<void> {
    const goal = await inSnapshot(this.db, actorOf(reply), (tx) => this.goals.read(tx, goalId));
    const address = `/goals/${goalId}`;
    const title = `Change ${goal.name}`;
    const crumbs = [goalsCrumb(goal.coalitionId), { label: goal.name, href: address }, { label: 'Change' }];
    await this.pages.show(reply, { title, section: 'goals', crumbs }, (page) => (
      <GoalFormPage page={page} action={address} cancelHref={address} goal={goal} refusal={refusal} />
    ));
  }
}
