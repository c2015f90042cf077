import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  AmendmentAnswer,
  AmendmentPreviewAnswer,
  AskAmendment,
  toAmendmentAnswer,
  toAmendmentPreview,
} from './amendment.dto.js';
import { listVersions } from './amendments.read.js';
import { AmendmentsService } from './amendments.service.js';

const AmendmentPage = pageOf(AmendmentAnswer);

@ApiTags('Grants')
@ApiBearerAuth()
@Controller('api/v1/grants/:grantId/amendments')
export class AmendmentsController {
  constructor(
    private readonly db: Database,
    private readonly amendments: AmendmentsService,
  ) {}

  @Post()
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({ summary: 'Ask to amend a grant; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: AmendmentAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantId') grantId: string,
    @Body() body: AskAmendment,
  ): Promise<AmendmentAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toAmendmentAnswer(await this.amendments.ask(tx, grantId, body)),
    );
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({ summary: 'What an amendment would come to; nothing is written' })
  @ApiOkResponse({ type: AmendmentPreviewAnswer })
  preview(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: AskAmendment,
  ): Promise<AmendmentPreviewAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toAmendmentPreview(await this.amendments.preview(tx, grantId, body)),
    );
  }

  @Get()
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'The amendments of a grant: before and after, who, when and why' })
  @ApiOkResponse({ type: AmendmentPage })
  async list(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Query() query: ListQuery,
  ): Promise<Page<AmendmentAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listVersions(tx, grantId, query));
    return { ...page, items: page.items.map(toAmendmentAnswer) };
  }
}
