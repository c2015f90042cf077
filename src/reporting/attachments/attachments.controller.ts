import { Controller, Delete, Get, HttpCode, Param, Post, Req, type StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { asDownload } from '../../platform/files/attached-file.dto.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where, Who } from '../../platform/http/request.js';
import { fileOf, readUpload } from '../../platform/http/uploads.js';
import { SpendReportAnswer, toSpendReportAnswer } from '../spend-report.dto.js';
import { ReportAttachmentsService } from './attachments.service.js';

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1/spend-reports/:spendReportId/attachments')
export class ReportAttachmentsController {
  constructor(
    private readonly db: Database,
    private readonly attachments: ReportAttachmentsService,
  ) {}

  @Post()
  @Allow('spendReport', 'partner')
  @ApiOperation({ summary: 'Attach a file to a report that is open for edits' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiCreatedResponse({ type: SpendReportAnswer })
  async add(
    @Who() who: PersonActor,
    @Param('spendReportId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<SpendReportAnswer> {
    const file = await readUpload(fileOf(request.body));
    const report = await inTransaction(this.db, who, (tx) => this.attachments.add(tx, id, file));
    return toSpendReportAnswer(report, true);
  }

  @Get(':attachmentId')
  @Allow('spendReport', ...members)
  @ApiOperation({ summary: 'A file of a report, for whoever may read the report' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async read(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('spendReportId') id: string,
    @Param('attachmentId') attachmentId: string,
  ): Promise<StreamableFile> {
    return asDownload(
      await inSnapshot(this.db, who, (tx) => this.attachments.read(tx, access, id, attachmentId)),
    );
  }

  @Delete(':attachmentId')
  @HttpCode(204)
  @Allow('spendReport', 'partner')
  @ApiOperation({ summary: 'Take a file off a report that is open for edits' })
  @ApiNoContentResponse()
  remove(
    @Who() who: PersonActor,
    @Param('spendReportId') id: string,
    @Param('attachmentId') attachmentId: string,
  ): Promise<void> {
    return inTransaction(this.db, who, (tx) => this.attachments.remove(tx, id, attachmentId));
  }
}
