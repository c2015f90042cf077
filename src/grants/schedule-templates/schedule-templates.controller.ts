import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { SaveScheduleTemplate, ScheduleTemplateAnswer, toTemplateAnswer } from './schedule-template.dto.js';
import { listTemplates, readTemplate } from './schedule-templates.read.js';
import { ScheduleTemplatesService } from './schedule-templates.service.js';

const TemplatePage = pageOf(ScheduleTemplateAnswer);

@ApiTags('Grants')
@ApiBearerAuth()
@Controller('api/v1')
export class ScheduleTemplatesController {
  constructor(
    private readonly db: Database,
    private readonly templates: ScheduleTemplatesService,
  ) {}

  @Post('coalitions/:coalitionId/schedule-templates')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Keep a schedule under a name, to draft grants by' })
  @ApiCreatedResponse({ type: ScheduleTemplateAnswer })
  async save(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: SaveScheduleTemplate,
  ): Promise<ScheduleTemplateAnswer> {
    return toTemplateAnswer(
      await inTransaction(this.db, who, (tx) => this.templates.save(tx, coalitionId, body)),
    );
  }

  @Get('coalitions/:coalitionId/schedule-templates')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The schedule templates of a coalition' })
  @ApiOkResponse({ type: TemplatePage })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ListQuery,
  ): Promise<Page<ScheduleTemplateAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listTemplates(tx, coalitionId, query));
    return { ...page, items: page.items.map(toTemplateAnswer) };
  }

  @Get('schedule-templates/:scheduleTemplateId')
  @Allow('scheduleTemplate', ...overseers)
  @ApiOperation({ summary: 'A schedule template' })
  @ApiOkResponse({ type: ScheduleTemplateAnswer })
  async get(
    @Who() who: PersonActor,
    @Param('scheduleTemplateId') id: string,
  ): Promise<ScheduleTemplateAnswer> {
    return toTemplateAnswer(await inSnapshot(this.db, who, (tx) => readTemplate(tx, id)));
  }

  @Patch('schedule-templates/:scheduleTemplateId')
  @Allow('scheduleTemplate', 'backbone')
  @ApiOperation({ summary: 'Replace what a schedule template says; no grant changes by it' })
  @ApiOkResponse({ type: ScheduleTemplateAnswer })
  async change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('scheduleTemplateId') id: string,
    @Body() body: SaveScheduleTemplate,
  ): Promise<ScheduleTemplateAnswer> {
    return toTemplateAnswer(
      await inTransaction(this.db, who, (tx) => this.templates.change(tx, id, version, body)),
    );
  }

  @Delete('schedule-templates/:scheduleTemplateId')
  @HttpCode(204)
  @Allow('scheduleTemplate', 'backbone')
  @ApiOperation({ summary: 'Take a schedule template away; no grant changes by it' })
  @ApiNoContentResponse()
  async remove(@Who() who: PersonActor, @Param('scheduleTemplateId') id: string): Promise<void> {
    await inTransaction(this.db, who, (tx) => this.templates.remove(tx, id));
  }
}
