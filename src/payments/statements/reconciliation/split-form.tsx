import { formatAmount } from '../../../maths/money.js';
import { Card } from '../../../web/components/card.js';
import { Icon } from '../../../web/components/icon.js';
import { AmountField, FieldNotes } from '../../../web/forms/fields.js';
import { Form, useField, useRowCount } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { localeOf } from '../../../pools/pool-frame.js';
import { signed } from '../matching/split.rules.js';
import type { LineView } from './line-page.js';
import { existing, fresh } from './part-choice.js';

interface Props {
  page: PageContext;
  view: LineView;
  refusal?: Refusal;
}

/** Parts that stand below those that are filled in; more are added by the button. */
const BLANK = 2;
const MOST = 50;

/** What the parts of a line are. All by keyboard: choose, tab, type, and what is left stands below. */
export function SplitForm({ page, view, refusal }: Props) {
  const { line } = view;
  const locale = localeOf(page);
  return (
    <Card
      title="Say what its parts are"
      id="parts"
      note="One part for the whole line, or several that come to it: two contributions in one credit, a payment and its charge."
    >
      <Form
        action={`/bank-lines/${line.id}/split`}
        csrf={page.csrf}
        locale={locale}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit={`Post ${moneyText(line.amount, line.currency, locale)} so`}
      >
        <Parts view={view} locale={locale} />
      </Form>
    </Card>
  );
}

function Parts({ view, locale }: { view: LineView; locale: string }) {
  const { line } = view;
  const { id, error } = useField('parts');
  const rows = Array.from({ length: Math.min(MOST, useRowCount('parts') + BLANK) }, (_, index) => index);
  return (
    <fieldset class={error ? 'tb-field tb-field-refused' : 'tb-field'} id={id} tabIndex={-1}>
      <legend class="visually-hidden">Parts</legend>
      <FieldNotes id={id} error={error} />
      <div class="tb-rows" data-rows="parts" data-most={MOST} data-split={line.amount.toString()}>
        <table class="tb-rows-table">
          <caption class="visually-hidden">The parts of the line</caption>
          <thead>
            <tr>
              <th scope="col">What it is</th>
              <th scope="col" class="tb-col-number">
                Amount ({line.currency})
              </th>
              <th class="tb-rows-remove">
                <span class="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((index) => (
              <Part index={String(index)} view={view} locale={locale} />
            ))}
          </tbody>
        </table>
        <template>
          <Part index="999" view={view} locale={locale} />
        </template>
        <div class="tb-rows-foot">
          <button class="btn btn-sm" type="button" data-add-row hidden>
            <Icon name="plus" />
            Add a part
          </button>
          <output class="tb-rows-total" data-remaining aria-live="polite" />
        </div>
      </div>
    </fieldset>
  );
}

function Part({ index, view, locale }: { index: string; view: LineView; locale: string }) {
  const row = useField(`parts[${index}]`);
  const choice = useField(`parts[${index}].is`);
  return (
    <tr data-row id={row.error ? row.id : undefined} tabIndex={row.error ? -1 : undefined}>
      <td>
        <label class="visually-hidden" for={choice.id}>
          What it is
        </label>
        <select class="form-select" id={choice.id} name={`parts[${index}].is`}>
          <option value="" />
          <Options view={view} locale={locale} chosen={choice.value} />
        </select>
        <FieldNotes id={row.id} error={row.error ?? choice.error} />
      </td>
      <td>
        <AmountField
          name={`parts[${index}].amount`}
          label="Amount"
          currency={view.line.currency}
          compact
          optional
        />
      </td>
      <td class="tb-rows-remove">
        <button
          class="btn btn-icon btn-ghost-secondary"
          type="button"
          data-remove-row
          hidden
          aria-label="Remove this part"
        >
          <Icon name="trash" />
        </button>
      </td>
    </tr>
  );
}

/** Documents that wait or are recorded, with their amounts; then what can be recorded from the line. */
function Options({ view, locale, chosen }: { view: LineView; locale: string; chosen: unknown }) {
  const { line, suggestions, newChoices } = view;
  return (
    <>
      {suggestions.length > 0 && (
        <optgroup label="Waits for the bank, or is recorded">
          {suggestions.map(({ kind, id, label, amount }) => (
            <option
              value={existing(kind, id)}
              selected={existing(kind, id) === chosen}
              data-sign={amount < 0n ? '-' : '+'}
              data-whole={formatAmount(amount < 0n ? -amount : amount, line.currency)}
            >
              {label} · {moneyText(amount, line.currency, locale)}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label="New">
        {newChoices.map(({ kind, value, label, direction }) => (
          <option
            value={fresh(kind, value)}
            selected={fresh(kind, value) === chosen}
            data-sign={signed(1n, direction, line) < 0n ? '-' : '+'}
          >
            {label}
          </option>
        ))}
      </optgroup>
    </>
  );
}
