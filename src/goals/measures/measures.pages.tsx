import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { actorOf, Pages } from '../../web/pages.js';
import { toAddSeries } from '../series/series-forms.dto.js';
import { SeriesForms } from '../series/series-forms.pages.js';
import { SeriesService } from '../series/series.service.js';
import { readSeriesView, seriesHeading } from '../series/series-view.js';
import { AddMeasureForm } from './measure-form.dto.js';
import { MeasurePage } from './measure-page.js';

const ref = (id: string) => ({ kind: 'measure' as const, id });

@Controller()
export class MeasuresPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly series: SeriesService,
    private readonly forms: SeriesForms,
  ) {}

  @Get('goals/:goalId/performance-measures/new')
  @Allow('goal', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.forms.drawNew(reply, 'measure', goalId);
  }

  @Post('goals/:goalId/performance-measures')
  @Allow('goal', 'backbone')
  async add(@Res() reply: FastifyReply, @Param('goalId') goalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AddMeasureForm,
      work: (tx, form) => {
        const { measureKind, programme, organisationId = null } = form;
        return this.series.addMeasure(tx, goalId, {
          ...toAddSeries(form),
          measureKind,
          programme,
          organisationId,
        });
      },
      done: ({ series: { id, name } }) => ({
        to: `/performance-measures/${id}`,
        say: `The performance measure “${name}” is added.`,
      }),
      again: (refusal) => this.forms.drawNew(reply, 'measure', goalId, refusal),
    });
  }

  @Get('performance-measures/:measureId')
  @Allow('measure', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('measureId') id: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readSeriesView(tx, ref(id), access));
    await this.pages.show(reply, seriesHeading(view.curve.series), (page) => (
      <MeasurePage page={page} view={view} />
    ));
  }

  @Get('performance-measures/:measureId/edit')
  @Allow('measure', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('measureId') id: string): Promise<void> {
    await this.forms.drawEdit(reply, ref(id));
  }

  @Post('performance-measures/:measureId')
  @Allow('measure', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('measureId') id: string): Promise<void> {
    await this.forms.change(reply, ref(id));
  }

  @Get('performance-measures/:measureId/trajectory')
  @Allow('measure', 'backbone')
  async trajectory(@Res() reply: FastifyReply, @Param('measureId') id: string): Promise<void> {
    await this.forms.drawTrajectory(reply, ref(id));
  }

  @Post('performance-measures/:measureId/trajectory')
  @Allow('measure', 'backbone')
  async setTrajectory(@Res() reply: FastifyReply, @Param('measureId') id: string): Promise<void> {
    await this.forms.setTrajectory(reply, ref(id));
  }

  @Post('performance-measures/:measureId/retire')
  @Allow('measure', 'backbone')
  async retire(@Res() reply: FastifyReply, @Param('measureId') id: string): Promise<void> {
    await this.forms.retire(reply, ref(id));
  }
}
