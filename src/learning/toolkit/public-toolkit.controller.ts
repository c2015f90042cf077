import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { doorActor } from '../../platform/database/actor.js';
import { Database, inTransaction } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Public } from '../../platform/http/access.js';
import { PublishedToolkitAnswer } from './toolkit.dto.js';
import { type Published, publishedAt } from './toolkits.read.js';

/** What may be kept by whoever carries it, and is asked for anew each time: taken off, it is gone at once. */
export const forEverybody = 'public, no-cache';

/** Nobody in particular reads: the door that they come by opens no table. @throws notFound */
export async function readPublished(db: Database, slug: string): Promise<Published> {
  if (!/^[a-z0-9-]{3,60}$/.test(slug)) throw notFound('toolkit');
  const published = await inTransaction(db, doorActor('public', 'toolkit'), (tx) => publishedAt(tx, slug));
  if (!published) throw notFound('toolkit');
  return published;
}

@ApiTags('Toolkit')
@Controller('api/v1/toolkits')
export class PublicToolkitController {
  constructor(private readonly db: Database) {}

  @Get(':slug')
  @Public()
  @Header('Cache-Control', forEverybody)
  @ApiOperation({ summary: 'What a coalition shares with everybody' })
  @ApiOkResponse({ type: PublishedToolkitAnswer })
  async get(@Param('slug') slug: string): Promise<PublishedToolkitAnswer> {
    const { content, publishedAt: at } = await readPublished(this.db, slug);
    return { ...content, publishedAt: at.toISOString() };
  }
}
