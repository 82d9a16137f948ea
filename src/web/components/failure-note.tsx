import { failureIn } from '../api/failure.ts';
import type { Admission } from '../api/views.ts';
import { BlockerList } from './blocker-list.tsx';
import { Sentence } from './sentence.tsx';

/** What did not work, why, and what to do next. */
export function FailureNote({ error }: { readonly error: unknown }) {
  const failed = failureIn(error);
  return (
    <div className="failure-note" role="alert">
      <b>{error instanceof Error ? error.message : 'Something went wrong.'}</b>
      {failed?.wayOut !== undefined && (
        <p>
          <Sentence text={failed.wayOut} />
        </p>
      )}
      {failed !== null && failed.problems.length > 0 && (
        <ul>
          {failed.problems.map(({ message, instead, place }) => (
            <li key={`${place?.line} ${place?.column} ${message}`}>
              {place !== undefined && (
                <span className="mono">
                  {place.file}:{place.line}:{place.column}{' '}
                </span>
              )}
              <Sentence text={`${message} ${instead ?? ''}`} />
            </li>
          ))}
        </ul>
      )}
      <RefusedBy admission={failed?.facts.admission} />
    </div>
  );
}

function RefusedBy({ admission }: { readonly admission: unknown }) {
  const blockers = (admission as Admission | undefined)?.blockers ?? [];
  return blockers.length === 0 ? null : <BlockerList blockers={blockers} />;
}
