import { Command } from '../../components/command.tsx';
import { Logo } from '../../components/logo.tsx';
import './session.css';

/** A link signs in once and for a while; here is how to get the next. */
export function SignedOutPage() {
  return (
    <main className="lone">
      <p className="lone-brand">
        <Logo /> Rung
      </p>
      <h1>You are signed out</h1>
      <p>
        A sign-in link works once, and a session ends after a while. To get a new link, run this on the
        machine where Rung runs, then follow it:
      </p>
      <Command label="In a terminal" line="rung open" />
      <p className="soft">If you are already signed in in another tab, load this page again.</p>
    </main>
  );
}
