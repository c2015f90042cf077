import { Notice } from '../components/problem.js';
import { Form } from '../forms/form.js';
import { HiddenField, TextField } from '../forms/fields.js';
import { PlainPage } from './plain-page.js';

export interface SignInPageProps {
  csrf: string;
  /** Where to go after signing in: a path of ours. */
  returnTo?: string;
  email?: string;
  /** Why the last try was refused: one sentence, the same for an unknown address and a wrong password. */
  problem?: string;
  /** "You are signed out.", for example. */
  notice?: string;
}

/** The way in. */
export function SignInPage({ csrf, returnTo, email = '', problem, notice }: SignInPageProps) {
  return (
    <PlainPage title="Sign in" foot={<a href="/forgotten-password">Forgotten your password?</a>}>
      {notice && <Notice text={notice} />}
      <Form action="/sign-in" csrf={csrf} locale="en-GB" values={{ email }} detail={problem} submit="Sign in">
        {returnTo && <HiddenField name="returnTo" value={returnTo} />}
        <TextField name="email" label="E-mail address" type="email" autocomplete="username" />
        <TextField name="password" label="Password" type="password" autocomplete="current-password" />
      </Form>
    </PlainPage>
  );
}
