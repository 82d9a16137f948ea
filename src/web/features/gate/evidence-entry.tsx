import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { evidenceFileUrl } from '../../api/gate-calls.ts';
import { evidenceQuery } from '../../api/queries.ts';
import type { EvidenceRef } from '../../api/views.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { ActorName } from '../../components/person.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { bytesText } from './bytes-text.ts';
import { evidenceTitle } from './gate-words.ts';

const Facts = lazy(() =>
  import('./evidence-facts.tsx').then((loaded) => ({ default: loaded.EvidenceFacts })),
);

interface EvidenceEntryProps {
  readonly evidence: EvidenceRef;
  readonly release: string;
  /** What it says, where that is known already. */
  readonly says?: string;
}

/** A piece of evidence: what it is, by whom and when, its file at one click, and what it says at another. */
export function EvidenceEntry({ evidence, release, says }: EvidenceEntryProps) {
  const { project } = useProject();
  const [open, setOpen] = useState(false);
  const { file } = evidence;
  return (
    <li className="evidence-entry">
      <div className="evidence-line">
        <b>{evidenceTitle(evidence)}</b>
        {says !== undefined && <span>{says}</span>}
        <span className="soft">
          <ActorName actor={evidence.by} />, <Relative at={evidence.at} />
        </span>
        {file !== null && (
          <a className="link" href={evidenceFileUrl(project, evidence.id)} download={file.name}>
            <span aria-hidden="true">↓ </span>
            <span className="sr-only">Download </span>
            {file.name} <span className="soft num">{bytesText(file.bytes)}</span>
          </a>
        )}
        <button
          type="button"
          className="button quiet small"
          aria-expanded={open}
          aria-label={`Details of ${evidenceTitle(evidence)}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide details' : 'Details'}
        </button>
      </div>
      {open && <Details id={evidence.id} release={release} />}
    </li>
  );
}

function Details({ id, release }: { readonly id: string; readonly release: string }) {
  const { project } = useProject();
  const { data, error } = useQuery(evidenceQuery(project, release));
  if (error !== null) return <FailureNote error={error} />;
  const found = data?.find((one) => one.id === id);
  if (data !== undefined && found === undefined)
    return <p className="soft">It is older than what is shown here; `rung evidence list` has it.</p>;
  return (
    <Suspense>
      {found === undefined ? <p className="soft">Reading…</p> : <Facts facts={found.facts} />}
    </Suspense>
  );
}
