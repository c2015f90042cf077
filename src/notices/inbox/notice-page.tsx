import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { topicWords } from '../notice-words.js';
import type { NoticeTextAnswer } from './notice.dto.js';

/** One notice, as it was written. */
export function NoticePage({ page, notice }: { page: PageContext; notice: NoticeTextAnswer }) {
  const { id, subject, coalition, coalitionId, topic, createdAt, mail } = notice;
  return (
    <Shell page={page}>
      <PageHeader
        title={subject}
        facts={
          <>
            <a href={coalitionPath(coalitionId)}>{coalition}</a>
            <span>{topicWords[topic]}</span>
            <InstantText at={new Date(createdAt)} timeZone="UTC" locale={page.person!.locale} />
            <StatusBadge of="mail" state={mail} />
          </>
        }
      />
      <Card flush>
        <iframe
          class="tb-mail-frame"
          title={subject}
          src={`/inbox/${id}/letter`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      </Card>
    </Shell>
  );
}
