import { Card } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { type DecisionPageProps, isBackbone, localeOf } from './decision-view.js';

/** The backbone's minutes, entry by entry; nothing of them is rewritten. */
export function MinutesCard({ page, view: { record, timeZone }, refusal }: DecisionPageProps) {
  const { decision, minutes } = record;
  const refused = refusal?.of === 'minute' ? refusal : undefined;
  const mayWrite = isBackbone(page);
  if (minutes.length === 0 && !mayWrite) return null;
  return (
    <Card title="Minutes">
      {minutes.map(({ text, writtenBy, writtenAt }) => (
        <div class="mb-3">
          <p class="tb-prose mb-1">{text}</p>
          <span class="tb-quiet">
            {writtenBy}, <InstantText at={writtenAt} timeZone={timeZone} locale={localeOf(page)} />
          </span>
        </div>
      ))}
      {mayWrite && (
        <details class="tb-more" open={refused !== undefined}>
          <summary>{minutes.length === 0 ? 'Write minutes' : 'Add to the minutes'}</summary>
          <Form
            action={`/decisions/${decision.id}/minutes`}
            csrf={page.csrf}
            locale={localeOf(page)}
            values={refused?.values}
            errors={refused?.errors}
            detail={refused?.detail}
            submit="Write it down"
            plain
          >
            <LongTextField
              name="text"
              label="How it was talked over"
              rows={5}
              maxLength={20_000}
              help="A correction is another entry: what stands here stays."
            />
          </Form>
        </details>
      )}
    </Card>
  );
}
