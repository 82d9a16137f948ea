import type { EnvironmentView } from '../../api/views.ts';
import { ActorName } from '../../components/person.tsx';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { spanText } from '../../time/format.ts';
import { Relative } from '../../time/moment.tsx';

const deployWords: Record<EnvironmentView['deploy'], string> = {
  'on-merge': 'with every merge into its branch',
  automatic: 'by itself, as soon as nothing is in the way',
  manual: 'when a person asks',
};

function lifecycleText(lifecycle: EnvironmentView['lifecycle']): string {
  switch (lifecycle.kind) {
    case 'permanent':
      return 'permanent';
    case 'reusable':
      return `reset every ${spanText(lifecycle.resetMs)}`;
    case 'ephemeral':
      return `lives for ${spanText(lifecycle.ttlMs)}`;
  }
}

/** What an environment is, by which rules it lives, and who looks after it. */
export function EnvironmentFacts({ environment }: { readonly environment: EnvironmentView }) {
  const { purpose, owner, source, mirrors, deploy, lifecycle, rules } = environment;
  return (
    <dl className="facts">
      <dt>For</dt>
      <dd>{purpose === '' ? <span className="soft">not said</span> : purpose}</dd>
      <dt>Owner</dt>
      <dd>{owner ?? <span className="soft">nobody named</span>}</dd>
      <dt>A release comes</dt>
      <dd>{deployWords[deploy]}</dd>
      <dt>Branch</dt>
      <dd>{source === null ? <span className="soft">none</span> : <code className="mono">{source}</code>}</dd>
      {mirrors !== null && (
        <>
          <dt>Mirrors</dt>
          <dd>
            <EnvironmentLink name={mirrors} />
          </dd>
        </>
      )}
      <dt>Lifecycle</dt>
      <dd>{lifecycleText(lifecycle)}</dd>
      <Validated environment={environment} />
      <dt>Agent</dt>
      <dd>
        <AgentWords agent={environment.agent} />
      </dd>
      <dt>Isolation</dt>
      <dd>{environment.isolation?.detail ?? <span className="soft">not seen yet</span>}</dd>
      <dt>Rules in force</dt>
      <dd>
        rung.yaml from <code className="mono">{rules.branch}</code>,{' '}
        <span className="mono soft" title={rules.file}>
          {rules.file.replace('sha256:', '').slice(0, 12)}
        </span>
      </dd>
    </dl>
  );
}

function Validated({ environment: { validation, release } }: { readonly environment: EnvironmentView }) {
  const holds = validation !== null && validation.release === release?.id;
  return (
    <>
      <dt>Validated</dt>
      <dd>
        {holds ? (
          <>
            by <ActorName actor={validation.by} /> <Relative at={validation.at} />
            {validation.note !== '' && `: “${validation.note}”`}
          </>
        ) : (
          <span className="soft">what runs here is not</span>
        )}
      </dd>
    </>
  );
}

function AgentWords({ agent: { lastHeardAt, silent } }: { readonly agent: EnvironmentView['agent'] }) {
  if (lastHeardAt === null) return <span className="soft">has not called yet</span>;
  return (
    <span className={silent ? 'warn-text' : undefined}>
      {silent ? 'silent; last heard' : 'heard'} <Relative at={lastHeardAt} />
    </span>
  );
}
