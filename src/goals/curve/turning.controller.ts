import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
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
import { Allow, members } from '../../platform/http/access.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import {
  AddAction,
  AddPartner,
  ChangeAction,
  CurveActionAnswer,
  CurvePartnerAnswer,
  CurveTextAnswer,
  EndAction,
  toActionAnswer,
  toPartnerAnswer,
  toTextAnswer,
  TurningAnswer,
  WriteText,
} from './turning.dto.js';
import { actionsOf, partnersOf, readAction, textsOf } from './turning.read.js';
import { TurningService } from './turning.service.js';

@ApiTags('Turning the curve')
@ApiBearerAuth()
@Controller('api/v1')
export class TurningController {
  constructor(
    private readonly db: Database,
    private readonly turning: TurningService,
  ) {}

  @Get('indicators/:indicatorId/turning')
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'The story behind a curve, its partners, what works, and what is done' })
  @ApiOkResponse({ type: TurningAnswer })
  read(@Who() who: PersonActor, @Param('indicatorId') id: string): Promise<TurningAnswer> {
    return inSnapshot(this.db, who, async (tx) => ({
      texts: (await textsOf(tx, id)).map(toTextAnswer),
      partners: (await partnersOf(tx, id)).map(toPartnerAnswer),
      actions: (await actionsOf(tx, [id])).map(toActionAnswer),
    }));
  }

  @Post('indicators/:indicatorId/texts')
  @Allow('indicator', 'backbone')
  @ApiOperation({ summary: 'Write the story behind the curve, or what works, anew' })
  @ApiCreatedResponse({ type: CurveTextAnswer })
  async write(
    @Who() who: PersonActor,
    @Param('indicatorId') id: string,
    @Body() body: WriteText,
  ): Promise<CurveTextAnswer> {
    return toTextAnswer(await inTransaction(this.db, who, (tx) => this.turning.write(tx, id, body)));
  }

  @Post('indicators/:indicatorId/partners')
  @Allow('indicator', 'backbone')
  @ApiOperation({ summary: 'Name somebody with a part to play in turning the curve' })
  @ApiCreatedResponse({ type: CurvePartnerAnswer })
  async addPartner(
    @Who() who: PersonActor,
    @Param('indicatorId') id: string,
    @Body() body: AddPartner,
  ): Promise<CurvePartnerAnswer> {
    return toPartnerAnswer(await inTransaction(this.db, who, (tx) => this.turning.addPartner(tx, id, body)));
  }

  @Delete('curve-partners/:curvePartnerId')
  @HttpCode(204)
  @Allow('curvePartner', 'backbone')
  @ApiOperation({ summary: 'Take a partner off a curve' })
  @ApiNoContentResponse()
  async removePartner(@Who() who: PersonActor, @Param('curvePartnerId') id: string): Promise<void> {
    await inTransaction(this.db, who, (tx) => this.turning.removePartner(tx, id));
  }

  @Post('indicators/:indicatorId/actions')
  @Allow('indicator', 'backbone')
  @ApiOperation({ summary: 'Add what is done to turn the curve' })
  @ApiCreatedResponse({ type: CurveActionAnswer })
  async addAction(
    @Who() who: PersonActor,
    @Param('indicatorId') id: string,
    @Body() body: AddAction,
  ): Promise<CurveActionAnswer> {
    return toActionAnswer(await inTransaction(this.db, who, (tx) => this.turning.addAction(tx, id, body)));
  }

  @Get('curve-actions/:curveActionId')
  @Allow('curveAction', ...members)
  @ApiOperation({ summary: 'Read an action' })
  @ApiOkResponse({ type: CurveActionAnswer })
  async readAction(@Who() who: PersonActor, @Param('curveActionId') id: string): Promise<CurveActionAnswer> {
    return toActionAnswer(await inSnapshot(this.db, who, (tx) => readAction(tx, id)));
  }

  @Patch('curve-actions/:curveActionId')
  @Allow('curveAction', 'backbone')
  @ApiOperation({ summary: 'Change an action that is open' })
  @ApiOkResponse({ type: CurveActionAnswer })
  async changeAction(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('curveActionId') id: string,
    @Body() body: ChangeAction,
  ): Promise<CurveActionAnswer> {
    return toActionAnswer(
      await inTransaction(this.db, who, (tx) => this.turning.changeAction(tx, id, version, body)),
    );
  }

  @Post('curve-actions/:curveActionId/finish')
  @HttpCode(200)
  @Allow('curveAction', 'backbone')
  @ApiOperation({ summary: 'Say that an action is done' })
  @ApiOkResponse({ type: CurveActionAnswer })
  finish(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('curveActionId') id: string,
    @Body() body: EndAction,
  ): Promise<CurveActionAnswer> {
    return this.end(who, id, version, { ...body, to: 'done' });
  }

  @Post('curve-actions/:curveActionId/drop')
  @HttpCode(200)
  @Allow('curveAction', 'backbone')
  @ApiOperation({ summary: 'Drop an action, saying why' })
  @ApiOkResponse({ type: CurveActionAnswer })
  drop(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('curveActionId') id: string,
    @Body() body: EndAction,
  ): Promise<CurveActionAnswer> {
    return this.end(who, id, version, { ...body, to: 'dropped' });
  }

  private async end(
    who: PersonActor,
    id: string,
    version: number,
    ending: EndAction & { to: 'done' | 'dropped' },
  ): Promise<CurveActionAnswer> {
    return toActionAnswer(
      await inTransaction(this.db, who, (tx) => this.turning.endAction(tx, id, version, ending)),
    );
  }
}
