import type { ComponentChildren } from 'preact';
import type { MailState } from '../../platform/mail/mail-message.entity.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { MailContentView } from './mails.service.js';

interface MailPageProps {
  page: PageContext;
  mail: MailContentView;
  /** There is a mail server to send it. */
  canBeSent: boolean;
}

/** What to know about a state before one does anything about it. */
const advice: Partial<Record<MailState, string>> = {
  uncertain:
    'The connection was lost after the mail had been handed over. Ask the reader whether it came: sent again, it may arrive twice.',
  failed:
    'The mail server refused it for good, or did not take it for five days. Mend the cause, then send it again.',
};

/** One mail: what became of it and, where it may be read, what it says. */
export function MailPage({ page, mail, canBeSent }: MailPageProps) {
  const { id, state, content, calledOffAt } = mail;
  const isOver = calledOffAt === null && (state === 'failed' || state === 'uncertain' || state === 'kept');
  return (
    <Shell page={page}>
      <PageHeader title={page.title} facts={<StatusBadge of="mail" state={state} />}>
        {canBeSent && isOver && (
          <ActionButton
            label="Send it again"
            action={`/administration/mails/${id}/send-again`}
            csrf={page.csrf}
            icon="send"
          />
        )}
      </PageHeader>
      {calledOffAt !== null && (
        <Notice text="What it asks for was done meanwhile: it is not sent any more." />
      )}
      {calledOffAt === null && advice[state] && <Notice kind="warning" text={advice[state]} />}
      <MailFacts mail={mail} locale={page.person!.locale} />
      {content && (
        <>
          <Card title="As it looks" flush id="html">
            <iframe
              class="tb-mail-frame"
              title="The mail as HTML"
              src={`/administration/mails/${id}/html`}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            />
          </Card>
          <Card title="As plain text" id="text">
            <pre class="tb-mail-text">{withLinks(content.text)}</pre>
          </Card>
        </>
      )}
    </Shell>
  );
}

function MailFacts({ mail, locale }: { mail: MailContentView; locale: string }) {
  const instant = (at: Date | null) => at && <InstantText at={at} timeZone="UTC" locale={locale} />;
  return (
    <Card id="facts">
      <KeyValue
        pairs={[
          ['To', mail.to],
          ['Kind of letter', mail.template],
          ['Written (UTC)', instant(mail.createdAt)],
          ['Sent (UTC)', instant(mail.sentAt)],
          ['Tried', mail.attempts > 0 && (mail.attempts === 1 ? 'once' : `${mail.attempts} times`)],
          ['Next try (UTC)', instant(mail.retryAt)],
          ['What the server said', mail.lastError],
          [
            'Attached',
            mail.content && mail.content.attachments.length > 0 && mail.content.attachments.join(', '),
          ],
        ]}
      />
    </Card>
  );
}

/** Text in which addresses can be clicked. */
function withLinks(text: string): ComponentChildren[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part) => (/^https?:\/\//.test(part) ? <a href={part}>{part}</a> : part));
}
