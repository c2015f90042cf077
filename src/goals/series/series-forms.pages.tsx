import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { GoalsService } from '../goals.service.js';
import { ChangeSeriesForm, RetireForm, toTerms, toTrajectory, TrajectoryForm } from './series-forms.dto.js';
import { SeriesFormPage } from './series-form.js';
import { readSeriesChoices, seriesHeading } from './series-view.js';
import { SeriesService } from './series.service.js';
import { seriesKinds, type SeriesKind, seriesPath, type SeriesRef } from './series.js';
import { TrajectoryFormPage } from './trajectory-form.js';

/** The forms that indicators and performance measures share. */
@Injectable()
export class SeriesForms {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly series: SeriesService,
    private readonly goals: GoalsService,
  ) {}

  async drawNew(reply: FastifyReply, kind: SeriesKind, goalId: string, refusal?: Refusal): Promise<void> {
    const { goal, choices } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const found = await this.goals.read(tx, goalId);
      return { goal: found, choices: await readSeriesChoices(tx, kind, found.coalitionId) };
    });
    const title = kind === 'indicator' ? 'Add an indicator' : 'Add a performance measure';
    const crumbs = [
      { label: 'Goals', href: coalitionPath(goal.coalitionId, 'goals') },
      { label: goal.name, href: `/goals/${goalId}` },
      { label: title },
    ];
    await this.pages.show(reply, { title, section: 'goals', crumbs }, (page) => (
      <SeriesFormPage
        {...{ page, kind, choices, refusal, goalName: goal.name }}
        action={`/goals/${goalId}${seriesKinds[kind].path}`}
        cancelHref={`/goals/${goalId}`}
      />
    ));
  }

  async drawEdit(reply: FastifyReply, ref: SeriesRef, refusal?: Refusal): Promise<void> {
    const { series, choices } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const { series: found } = await this.series.read(tx, ref);
      return { series: found, choices: await readSeriesChoices(tx, ref.kind, found.coalitionId) };
    });
    const path = seriesPath(ref);
    await this.pages.show(reply, seriesHeading(series, 'Change'), (page) => (
      <SeriesFormPage
        {...{ page, kind: ref.kind, choices, refusal, series, goalName: series.goalName }}
        action={path}
        cancelHref={path}
      />
    ));
  }

  async change(reply: FastifyReply, ref: SeriesRef): Promise<void> {
    await this.pages.submit(reply, {
      input: ChangeSeriesForm,
      work: (tx, form) => this.series.change(tx, ref, form.version, toTerms(form)),
      done: ({ series }) => ({ to: seriesPath(ref), say: `“${series.name}” is changed.` }),
      again: (refusal) => this.drawEdit(reply, ref, refusal),
    });
  }

  async drawTrajectory(
    reply: FastifyReply,
    ref: SeriesRef,
    refusals: { refusal?: Refusal; retireRefusal?: Refusal } = {},
  ): Promise<void> {
    const whole = await inSnapshot(this.db, actorOf(reply), (tx) => this.series.read(tx, ref));
    await this.pages.show(reply, seriesHeading(whole.series, 'Targets and forecast'), (page) => (
      <TrajectoryFormPage page={page} whole={whole} {...refusals} />
    ));
  }

  async setTrajectory(reply: FastifyReply, ref: SeriesRef): Promise<void> {
    await this.pages.submit(reply, {
      input: TrajectoryForm,
      work: (tx, form) => this.series.setTrajectory(tx, ref, form.version, toTrajectory(form)),
      done: () => ({ to: seriesPath(ref), say: 'The targets and the forecast are set.' }),
      again: (refusal) => this.drawTrajectory(reply, ref, { refusal }),
    });
  }

  async retire(reply: FastifyReply, ref: SeriesRef): Promise<void> {
    await this.pages.submit(reply, {
      input: RetireForm,
      work: (tx, { version, reason }) => this.series.retire(tx, ref, version, reason),
      done: ({ series }) => ({ to: seriesPath(ref), say: `“${series.name}” is measured no more.` }),
      again: (refusal) => this.drawTrajectory(reply, ref, { retireRefusal: refusal }),
    });
  }
}
