import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { isSignedOut } from '../../api/failure.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SignedOutPage } from './signed-out-page.tsx';
import './session.css';

interface FailurePageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** For a page that could not be read at all. */
export function FailurePage({ error, retry }: FailurePageProps) {
  if (isSignedOut(error)) return <SignedOutPage />;
  return (
    <main className="lone">
      <h1>This page cannot be shown</h1>
      <FailureNote error={error} />
      <div className="acts">
        <Button tone="main" onClick={retry}>
          Try again
        </Button>
        <Link className="link" to="/">
          To the board
        </Link>
      </div>
    </main>
  );
}

export const ErrorPage = ({ error, reset }: ErrorComponentProps) => (
  <FailurePage error={error} retry={reset} />
);

export function NotFoundPage() {
  return (
    <main className="lone">
      <h1>There is no such page</h1>
      <p>The address leads nowhere. It may have been cut off when it was copied.</p>
      <p>
        <Link className="link" to="/">
          To the board
        </Link>
      </p>
    </main>
  );
}
