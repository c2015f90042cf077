import { Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Access } from '../../platform/http/request.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { AddsCards, type CardRoom, type DrawCard, type PageSubject } from '../../web/later-cards.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { linkKindNames } from '../link-kinds.js';
import { sightOf } from '../sight.js';
import { listEntries } from './entries.read.js';
import { writers } from './learning-entries.controller.js';
import type { FoundLearningEntryAnswer } from './learning-entry.dto.js';

const most = 5;

interface LearntView {
  coalitionId: string;
  /** What the entries are linked to; of the coalition itself, all are shown. */
  linked: { linkKind?: string; linkId?: string };
  entries: FoundLearningEntryAnswer[];
  total: number;
  mayWrite: boolean;
  today: Day;
}

/** Shows what was learnt on the page of what it was learnt from, the way back of every link; the newest on the coalition’s. */
@Injectable()
@AddsCards()
export class LearntCards implements CardRoom {
  async cardsOf(tx: Tx, access: Access, subject: PageSubject): Promise<DrawCard[]> {
    const { coalitionId, roles } = access;
    const isWhole = subject.kind === 'coalition';
    if (!isWhole && !linkKindNames.includes(subject.kind)) return [];
    const linked = isWhole ? {} : { linkKind: subject.kind, linkId: subject.id };
    const query = { ...linked, limit: most };
    const { items, total } = await listEntries(tx, coalitionId, query, sightOf(access));
    const view: LearntView = {
      ...{ coalitionId, linked, entries: items, total },
      mayWrite: roles.some((role) => writers.includes(role)),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    };
    return [(page) => <LearntCard page={page} view={view} />];
  }
}

function LearntCard({ page, view }: { page: PageContext; view: LearntView }) {
  const { coalitionId, linked, entries, total, mayWrite, today } = view;
  const home = coalitionPath(coalitionId, 'learning');
  const add = withQuery(`${home}/new`, { kind: linked.linkKind, id: linked.linkId });
  return (
    <Card
      title="What we learned"
      id="learning"
      actions={mayWrite && <ActionLink label="Add" href={add} small icon="plus" />}
    >
      {entries.length === 0 ? (
        <p class="tb-quiet">Nothing is written down yet. A few lines are enough.</p>
      ) : (
        <ul class="tb-learnt">
          {entries.map(({ id, title, happenedOn, author }) => (
            <li>
              <a href={`/learning-entries/${id}`}>{title}</a>
              <div class="tb-quiet">
                <DayText day={happenedOn} today={today} locale={page.person?.locale ?? 'en-GB'} /> · {author}
              </div>
            </li>
          ))}
        </ul>
      )}
      {total > entries.length && <a href={withQuery(home, linked)}>All {total} entries</a>}
    </Card>
  );
}
