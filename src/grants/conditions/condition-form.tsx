import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { RadioField } from '../../web/forms/choices.js';
import { AmountField, ChoiceField, DayField, type Option, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { GrantRow } from '../grants.read.js';
import { conditionKinds } from './condition.rules.js';
import { kindWords } from './condition-words.js';

interface Props {
  page: PageContext;
  grant: GrantRow;
  /** Motions that are still to be decided. */
  motions: readonly Option[];
  refusal?: Refusal;
}

/** Agreeing what must hold before a grant is paid any further. */
export function ConditionFormPage({ page, grant, motions, refusal }: Props) {
  return (
    <Shell page={page}>
      <PageHeader
        title="Add a condition"
        facts={`What must hold before ${grant.title} is paid any further`}
      />
      <Card>
        <Form
          action={`/grants/${grant.id}/conditions`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { kind: 'reportAccepted' }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Add the condition"
          cancelHref={`/grants/${grant.id}#conditions`}
        >
          <RadioField
            name="kind"
            label="What must hold"
            options={conditionKinds.map((value) => ({ value, ...kindWords[value] }))}
          />
          <DayField
            name="appliesFrom"
            label="For instalments agreed for"
            optional
            help="This day, or later: they are held until the condition is met. Leave it empty where it holds none, and an instalment is to fall due after it."
          />
          <TextField
            name="subject"
            label="Document, decision, or what the other money is for"
            maxLength={200}
            optional
          />
          {motions.length > 0 && (
            <ChoiceField
              name="decisionId"
              label="Motion that must pass"
              placeholder="None"
              options={motions}
              optional
              help="Of the kind “a decision is passed”, instead of naming it above: the condition is met by itself when it passes."
            />
          )}
          <DayField
            name="onDay"
            label="Day"
            optional
            help="Up to which day the report must reach; or before which day nothing is paid."
          />
          <AmountField
            name="matchAmount"
            label="Other money to be raised"
            currency={grant.currency}
            optional
          />
        </Form>
      </Card>
    </Shell>
  );
}
