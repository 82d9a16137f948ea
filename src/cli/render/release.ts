import { actorName } from '../../domain/actor.ts';
import type { NoteLine } from '../../domain/release.ts';
import type { ChangeRequestView, EvidenceView, ReleaseView, WaiverView } from '../rung-client.ts';
import { changeTable } from './change-request.ts';
import { shortDigest } from './digest.ts';
import { evidenceTable } from './evidence.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { ago, exactly } from './time.ts';
import { fit } from './width.ts';

export function releaseTable(releases: readonly ReleaseView[], look: Look): readonly string[] {
  if (releases.length === 0)
    return ['No release yet. Push a commit to a branch that an environment takes its releases from.'];
  return table(
    [{ title: 'RELEASE' }, { title: 'CREATED' }, { title: 'RUNS IN' }, { title: 'FROM' }, { title: 'STATE' }],
    releases.map((release) => [
      look.style.strong(release.version),
      ago(release.createdAt, look),
      release.runsIn.length === 0 ? look.style.faint('nowhere') : release.runsIn.join(', '),
      look.style.faint(`${release.branch} ${release.commit.slice(0, 8)}`),
      release.mark === null
        ? look.style.faint('clean')
        : look.style.bad(`✗ taken back from ${release.mark.environment}: ${release.mark.reason}`),
    ]),
    look,
  );
}

export function releaseLines(release: ReleaseView, look: Look): readonly string[] {
  const { style } = look;
  const services = Object.entries(release.services).map(([name, { artifact }]) => [
    name,
    style.faint(artifact),
  ]);
  return [
    `${style.strong(release.version)}, made ${ago(release.createdAt, look)} (${exactly(release.createdAt, look)}) by ${actorName(release.createdBy)}`,
    `from ${release.branch}, commit ${release.commit.slice(0, 12)}`,
    release.runsIn.length === 0 ? 'runs nowhere now' : `runs in ${release.runsIn.join(', ')}`,
    ...markLines(release, look),
    '',
    'Services',
    ...table([{ title: '' }, { title: '' }], services, look, '  '),
    ...(release.notes.length === 0 ? [] : ['', 'Notes', ...noteLines(release.notes, look)]),
    '',
    style.faint(`release ${shortDigest(release.id)} · tree ${release.tree.slice(0, 12)}`),
  ];
}

export interface Papers {
  readonly evidence: readonly EvidenceView[];
  readonly changeRequests: readonly ChangeRequestView[];
  readonly waivers: readonly WaiverView[];
}

/** What was found out about it, asked for and let pass. */
export function papersLines({ evidence, changeRequests, waivers }: Papers, look: Look): readonly string[] {
  return [
    ...(evidence.length === 0 ? [] : ['', 'Evidence', ...evidenceTable(evidence, look)]),
    ...(changeRequests.length === 0 ? [] : ['', 'Change requests', ...changeTable(changeRequests, look)]),
    ...(waivers.length === 0 ? [] : ['', 'Waived gates', ...waivers.map((one) => waiverLine(one, look))]),
  ];
}

const waiverLine = ({ gate, environment, by, roles, reason, at }: WaiverView, look: Look): string =>
  `  ${look.style.warning('!')} ${gate} for ${environment}, by ${by} as ${roles.join(', ')}, ${ago(at, look)}: ${reason}`;

function markLines(release: ReleaseView, look: Look): readonly string[] {
  const { mark } = release;
  if (mark === null) return [];
  return [
    look.style.bad(`✗ taken back from ${mark.environment} ${ago(mark.at, look)}: ${mark.reason}`),
    `  Automation does not try it again. Lift the mark: rung release lift-mark ${release.version} --reason "…"`,
  ];
}

const kinds: Record<NoteLine['kind'], string> = {
  breaking: 'breaking',
  feature: 'feature',
  fix: 'fix',
  other: 'other',
};

export function noteLines(notes: readonly NoteLine[], look: Look): readonly string[] {
  return notes.map((note) => {
    const kind = kinds[note.kind].padEnd(8);
    const coloured = note.kind === 'breaking' ? look.style.bad(kind) : look.style.faint(kind);
    return fit(`  ${coloured}  ${note.text} ${look.style.faint(note.commit.slice(0, 8))}`, look.width);
  });
}
