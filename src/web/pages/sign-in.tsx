import type { FieldError } from '../../platform/errors/domain-error.js';
import { Notice } from '../components/problem.js';
import { Form } from '../forms/form.js';
import { HiddenField, TextField } from '../forms/fields.js';
import { Document, Mark } from '../shell.js';

export interface SignInPageProps {
  csrf: string;
  /** Where to go after signing in. The controller must check that it is a path of ours. */
  returnTo?: string;
  email?: string;
  /** Why the last try was refused: one sentence, the same for an unknown address and a wrong password. */
  problem?: string;
  errors?: readonly FieldError[];
  /** "You are signed out.", for example. */
  notice?: string;
}

/** The way in. */
export function SignInPage({ csrf, returnTo, email = '', problem, errors, notice }: SignInPageProps) {
  return (
    <Document title="Sign in" plain>
      <main class="tb-plain-main" id="main">
        <a class="tb-brand" href="/">
          <Mark />
          Tributary
        </a>
        <section class="card tb-card tb-sign-in">
          <h1>Sign in</h1>
          {notice && <Notice text={notice} />}
          <Form
            action="/sign-in"
            csrf={csrf}
            locale="en-GB"
            values={{ email }}
            detail={problem}
            errors={errors}
            submit="Sign in"
          >
            {returnTo && <HiddenField name="returnTo" value={returnTo} />}
            <TextField name="email" label="E-mail address" type="email" autocomplete="username" />
            <TextField name="password" label="Password" type="password" autocomplete="current-password" />
          </Form>
          <p class="tb-sign-in-more">
            <a href="/forgotten-password">Forgotten your password?</a>
          </p>
        </section>
        <p class="tb-plain-foot">Pooled funding for coalitions, to the cent.</p>
      </main>
    </Document>
  );
}
