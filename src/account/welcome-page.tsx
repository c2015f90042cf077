import type { FieldError } from '../platform/errors/domain-error.js';
import { ActionLink, Actions } from '../web/components/actions.js';
import { Notice } from '../web/components/problem.js';
import { TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { FormObject } from '../web/forms/read-form.js';
import { PlainPage } from '../web/pages/plain-page.js';
import type { OpenLink } from './invitation-links.js';

/** What a refused form is drawn with again. */
export interface Refused {
  values: FormObject;
  errors: readonly FieldError[];
  /** What to mend, where that is no single field. */
  detail?: string;
}

interface LinkPageProps {
  csrf: string;
  action: string;
  link: OpenLink;
  refused?: Refused;
}

/** Where the link in a mail leads: name and password, and one is in. */
export function LinkPage({ csrf, action, link, refused }: LinkPageProps) {
  return (
    <PlainPage title={link.hasPassword ? 'Choose a new password' : 'Welcome to Tributary'}>
      <Form
        action={action}
        csrf={csrf}
        locale="en-GB"
        values={{ email: link.email, name: link.name, ...refused?.values }}
        errors={refused?.errors}
        detail={refused?.detail}
        submit={link.hasPassword ? 'Set the password and sign in' : 'Come in'}
      >
        <p class="tb-quiet">
          You will sign in as <strong>{link.email}</strong>.
        </p>
        <TextField name="name" label="Your name" autocomplete="name" maxLength={120} />
        <TextField
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          help="At least 12 characters. A few words are easier to remember than signs."
        />
      </Form>
    </PlainPage>
  );
}

/** For a link that was used, taken back, replaced, or is over: nobody can tell which. */
export function LinkIsOverPage() {
  return (
    <PlainPage title="This link is over">
      <p>
        It works once, and for a limited time. Perhaps you have used it already: then sign in. Otherwise ask
        whoever invited you for a new one.
      </p>
      <Actions>
        <ActionLink label="Sign in" href="/sign-in" weight="primary" />
        <ActionLink label="Forgotten your password?" href="/forgotten-password" />
      </Actions>
    </PlainPage>
  );
}

interface ForgottenPasswordPageProps {
  csrf: string;
  refused?: Refused;
  sentTo?: string;
}

/** Asks for an address, and says the same whether or not anybody has it. */
export function ForgottenPasswordPage({ csrf, refused, sentTo }: ForgottenPasswordPageProps) {
  return (
    <PlainPage title="A new password" foot={<a href="/sign-in">Back to sign-in</a>}>
      {sentTo ? (
        <Notice
          kind="done"
          text={`If ${sentTo} has an account, a mail with a link is on its way. The link works for two hours.`}
        />
      ) : (
        <Form
          action="/forgotten-password"
          csrf={csrf}
          locale="en-GB"
          values={refused?.values}
          errors={refused?.errors}
          detail={refused?.detail}
          submit="Mail me a link"
        >
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            autocomplete="username"
            help="The one you sign in with."
          />
        </Form>
      )}
    </PlainPage>
  );
}
