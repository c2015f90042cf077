import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { Access } from '../../platform/http/request.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { AddsCards, type CardRoom, type DrawCard, type PageSubject } from '../../web/later-cards.js';
import type { PageContext } from '../../web/page-context.js';
import type { CoalitionLetterAnswer } from './coalition-letter.dto.js';
import { doubtfulAbout } from './letters.read.js';

/** Says on the page of a report, a pledge or a vote which letter about it may not have arrived: to who sees to it. */
@Injectable()
@AddsCards()
export class DoubtfulCards implements CardRoom {
  async cardsOf(tx: Tx, { coalitionId, roles }: Access, subject: PageSubject): Promise<DrawCard[]> {
    if (!roles.includes('backbone') || subject.kind === 'coalition') return [];
    const letters = await doubtfulAbout(tx, coalitionId, [subject.id, ...(subject.parts ?? [])]);
    return letters.length === 0 ? [] : [(page) => <DoubtfulCard page={page} letters={letters} />];
  }
}

function DoubtfulCard({ page, letters }: { page: PageContext; letters: CoalitionLetterAnswer[] }) {
  return (
    <Card title="Letters in doubt" id="letters">
      <p class="tb-quiet">
        Nobody knows whether these arrived, or they did not. Nothing is sent again by itself: look, ask, and
        decide.
      </p>
      <ul class="tb-learnt">
        {letters.map(({ id, reader, to, state, createdAt }) => (
          <li>
            <a href={`/letters/${id}`}>To {reader ?? to}</a> <StatusBadge of="mail" state={state} />
            <div class="tb-quiet">
              <InstantText at={new Date(createdAt)} timeZone="UTC" locale={page.person?.locale ?? 'en-GB'} />{' '}
              (UTC)
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
