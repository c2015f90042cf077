import { Card } from '../web/components/card.js';
import { LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { type DecisionPageProps, localeOf } from './decision-view.js';

/** Taking a motion back, with the reason that stays with it. */
export function WithdrawCard({ page, view: { record }, refusal }: DecisionPageProps) {
  const refused = refusal?.of === 'withdraw' ? refusal : undefined;
  return (
    <Card title="Take it back">
      <details class="tb-more" open={refused !== undefined}>
        <summary>Withdraw the motion</summary>
        <Form
          action={`/decisions/${record.decision.id}/withdraw`}
          csrf={page.csrf}
          locale={localeOf(page)}
          values={refused?.values}
          errors={refused?.errors}
          detail={refused?.detail}
          submit="Withdraw it"
          plain
        >
          <LongTextField
            name="reason"
            label="Why"
            rows={3}
            maxLength={500}
            help="It stays with the motion."
          />
        </Form>
      </details>
    </Card>
  );
}
