import type { MailState } from '../../platform/mail/mail-message.entity.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { topicWords } from '../notice-words.js';
import type { CoalitionLetterAnswer } from './coalition-letter.dto.js';

/** What to do about a letter before one sends it again. */
const advice: Partial<Record<MailState, string>> = {
  uncertain:
    'Nobody knows whether it arrived: the connection went after the mail server had it. It is not sent again by itself. Ask its reader, then decide; sent again, it may arrive twice.',
  failed:
    'It did not arrive: the mail server refused it for good, or took it on none of many days. See to the address, then send it again.',
};

/** One letter: to whom, what became of it, and what one can do. What it says is its reader’s. */
export function LetterPage({ page, letter }: { page: PageContext; letter: CoalitionLetterAnswer }) {
  const { id, state, reader, to, topic, attempts, lastError, calledOffAt } = letter;
  const isOver = state === 'uncertain' || state === 'failed';
  const instant = (at: string | null) =>
    at && <InstantText at={new Date(at)} timeZone="UTC" locale={page.person!.locale} />;
  return (
    <Shell page={page}>
      <PageHeader title={letter.subject} facts={<StatusBadge of="mail" state={state} />}>
        {isOver && calledOffAt === null && (
          <ActionButton
            label="Send it again"
            action={`/letters/${id}/send-again`}
            csrf={page.csrf}
            icon="send"
          />
        )}
      </PageHeader>
      {isOver && calledOffAt !== null && (
        <Notice text="What it asks for was done meanwhile, so nothing is to be done about it." />
      )}
      {calledOffAt === null && advice[state] && <Notice kind="warning" text={advice[state]} />}
      <Card id="facts">
        <KeyValue
          pairs={[
            ['To', reader === null ? to : `${reader}, ${to}`],
            ['About', topicWords[topic]],
            ['Written (UTC)', instant(letter.createdAt)],
            ['Seen in the inbox (UTC)', instant(letter.readAt) ?? 'not yet'],
            ['Tried', attempts > 0 && plural(attempts, 'time')],
            ['What the server said', lastError],
          ]}
        />
      </Card>
    </Shell>
  );
}
