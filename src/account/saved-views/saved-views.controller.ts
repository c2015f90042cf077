import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import { AnyPerson } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { SavedViewAnswer, SavedViewsQuery, SaveView } from './saved-view.dto.js';
import { SavedViewsService } from './saved-views.service.js';

@ApiTags('Me')
@ApiBearerAuth()
@Controller('api/v1/me/views')
export class SavedViewsController {
  constructor(
    private readonly db: Database,
    private readonly views: SavedViewsService,
  ) {}

  @Get()
  @AnyPerson()
  @ApiOperation({ summary: 'List the views you keep' })
  @ApiOkResponse({ type: pageOf(SavedViewAnswer) })
  list(@Who() who: PersonActor, @Query() query: SavedViewsQuery) {
    return inSnapshot(this.db, who, (tx) => this.views.list(tx, query));
  }

  @Post()
  @AnyPerson()
  @ApiOperation({ summary: 'Keep a list as it is narrowed and sorted' })
  @ApiCreatedResponse({ type: SavedViewAnswer })
  save(@Who() who: PersonActor, @Body() body: SaveView) {
    return inTransaction(this.db, who, (tx) => this.views.save(tx, body));
  }

  @Delete(':viewId')
  @AnyPerson()
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a view' })
  @ApiNoContentResponse()
  async remove(@Who() who: PersonActor, @Param('viewId') viewId: string): Promise<void> {
    await inTransaction(this.db, who, (tx) => this.views.remove(tx, viewId));
  }
}
