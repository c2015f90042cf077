import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { sendAgain } from '../../platform/mail/send-again.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { CoalitionLettersQuery } from './coalition-letter.dto.js';
import { LetterPage } from './letter-page.js';
import { LettersPage } from './letters-page.js';
import { countDoubtful, listLetters, readLetter } from './letters.read.js';

const lettersOf = (coalitionId: string) => `${coalitionPath(coalitionId)}/letters`;

/** What was written to the people of a coalition: for the backbone, who sees to what did not arrive. */
@Controller()
export class LettersPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('coalitions/:coalitionId/letters')
  @Allow('coalition', 'backbone')
  async list(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const query = await readQuery(reply, CoalitionLettersQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      ...{ coalitionId, query },
      list: await listLetters(tx, coalitionId, query),
      doubtful: await countDoubtful(tx, coalitionId),
    }));
    const crumbs = [{ label: 'People', href: coalitionPath(coalitionId, 'people') }, { label: 'Letters' }];
    await this.pages.show(reply, { title: 'Letters', section: 'people', crumbs }, (page) => (
      <LettersPage page={page} view={view} />
    ));
  }

  @Get('letters/:letterId')
  @Allow('letter', 'backbone')
  async show(@Res() reply: FastifyReply, @Param('letterId') id: string): Promise<void> {
    const letter = await inSnapshot(this.db, actorOf(reply), (tx) => readLetter(tx, id));
    const crumbs = [
      { label: 'People', href: coalitionPath(letter.coalitionId, 'people') },
      { label: 'Letters', href: lettersOf(letter.coalitionId) },
      { label: `To ${letter.reader ?? letter.to}` },
    ];
    await this.pages.show(reply, { title: letter.subject, section: 'people', crumbs }, (page) => (
      <LetterPage page={page} letter={letter} />
    ));
  }

  @Post('letters/:letterId/send-again')
  @Allow('letter', 'backbone')
  async again(@Res() reply: FastifyReply, @Param('letterId') id: string): Promise<void> {
    const to = `/letters/${id}`;
    await this.pages.press(reply, {
      work: async (tx) => sendAgain(tx, { id, coalitionId: (await readLetter(tx, id)).coalitionId }),
      done: () => ({ to, say: 'It is queued once more, and leaves at once.' }),
      back: to,
    });
  }
}
