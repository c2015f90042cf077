import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { LongTextField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';

interface PayeeProps {
  page: PageContext;
  payee: { id: string; name: string };
  coolingOffDays: number;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Proposing where an organisation is paid. */
export function BankAccountFormPage({ page, payee, coolingOffDays, refusal }: PayeeProps) {
  const home = `/organisations/${payee.id}/bank-accounts`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Propose where ${payee.name} is paid`}
        facts={`Somebody else approves it; it may be used ${plural(coolingOffDays, 'day')} later`}
      />
      <Card>
        <Form
          action={home}
          csrf={page.csrf}
          locale={localeOf(page)}
          values={refusal?.values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Propose this account"
          cancelHref={home}
        >
          <AccountFields />
          <details class="tb-more" open={refusal?.values.sortCode !== undefined}>
            <summary>No IBAN at hand? A sort code and account number of the United Kingdom will do</summary>
            <TextField name="sortCode" label="Sort code" maxLength={8} autocomplete="off" optional />
            <TextField
              name="accountNumber"
              label="Account number"
              maxLength={10}
              autocomplete="off"
              help="With the BIC above, the IBAN is made from these."
              optional
            />
          </details>
          <LongTextField
            name="reason"
            label="Why, and how you made sure"
            rows={3}
            maxLength={500}
            help="For example: confirmed by telephone, on a number known from before. A letter or mail alone is no proof."
          />
        </Form>
      </Card>
    </Shell>
  );
}

/** An account’s holder, IBAN and BIC. */
export function AccountFields({ ibanIsNeeded = false }: { ibanIsNeeded?: boolean }) {
  return (
    <>
      <TextField
        name="accountName"
        label="Account name"
        maxLength={70}
        autocomplete="off"
        help="The holder, as the bank knows it."
      />
      <TextField
        name="iban"
        label="IBAN"
        maxLength={42}
        autocomplete="off"
        placeholder="GB82 WEST 1234 5698 7654 32"
        help="Its check digits and length are looked at."
        optional={!ibanIsNeeded}
      />
      <TextField name="bic" label="BIC" maxLength={11} autocomplete="off" placeholder="WESTGB2L" optional />
    </>
  );
}
