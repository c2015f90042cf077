import { ActionLink, Actions } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { NewApiTokenAnswer } from './api-token.dto.js';

interface ApiTokenPageProps {
  page: PageContext;
  token: NewApiTokenAnswer;
  publicUrl: string;
}

/** A new token, seen this once. */
export function ApiTokenPage({ page, token, publicUrl }: ApiTokenPageProps) {
  const locale = page.person!.locale;
  return (
    <Shell page={page}>
      <PageHeader title="Your new API token" facts={token.name} />
      <Notice kind="warning" text="Copy it now: it is shown this once, and nobody can look it up later." />
      <Card>
        <p class="tb-secret">
          <code>{token.token}</code>
          <button class="btn btn-sm" type="button" data-copy={token.token}>
            Copy
          </button>
        </p>
        <KeyValue
          pairs={[
            ['May', token.scopes.join(' and ')],
            ['Ends (UTC)', <InstantText at={token.expiresAt} timeZone="UTC" locale={locale} />],
          ]}
        />
      </Card>
      <Card title="Try it">
        <pre class="tb-mail-text">{`curl -H "Authorization: Bearer ${token.prefix}…" \\\n  ${publicUrl}/api/v1/me`}</pre>
      </Card>
      <Actions>
        <ActionLink label="I have kept it" href="/account#tokens" weight="primary" icon="check" />
        <ActionLink label="API documents" href="/api/docs" />
      </Actions>
    </Shell>
  );
}
