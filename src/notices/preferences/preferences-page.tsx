import { mailDeliveries } from '../../platform/mail/letter-kinds.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { deliveryWords, essentialWords, topicWords } from '../notice-words.js';
import { choosableTopics, type MailPreferencesAnswer } from './preferences.dto.js';

interface Props {
  page: PageContext;
  preferences: MailPreferencesAnswer;
  refusal?: Refusal;
}

/** How the reader hears of things: by topic. */
export function PreferencesPage({ page, preferences, refusal }: Props) {
  const kept = Object.fromEntries(preferences.items.map(({ topic, delivery }) => [topic, delivery]));
  return (
    <Shell page={page}>
      <PageHeader
        title="How I hear of things"
        facts="Everything is in your inbox, whatever you choose. Digests come at 9:00, on working days of the coalition."
      />
      <Card>
        <Form
          action="/account/mail"
          csrf={page.csrf}
          locale={page.person!.locale}
          values={refusal?.values ?? kept}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save"
          cancelHref="/inbox"
        >
          {choosableTopics.map((topic) => (
            <ChoiceField
              name={topic}
              label={topicWords[topic]}
              help={essentialWords[topic]}
              options={mailDeliveries.map((value) => ({ value, label: deliveryWords[value] }))}
            />
          ))}
        </Form>
      </Card>
    </Shell>
  );
}
