import type { Digest, ProjectId } from '../ids.ts';
import { verifyHead } from './chain.ts';
import type { AgentHead, ExportHeader, PinnedKeys } from './export.ts';
import type { Finding } from './findings.ts';

/** Somebody's signed word about one position of the chain, its signature found right. */
export interface Witness {
  readonly by: 'agent' | 'control plane';
  readonly name: string;
  readonly position: number;
  readonly link: Digest;
}

/** Checks every signature there is. What does not hold is a finding and no witness. */
export function gatherWitnesses(
  header: ExportHeader,
  pinned: PinnedKeys,
  heads: readonly AgentHead[],
): { readonly witnesses: readonly Witness[]; readonly findings: readonly Finding[] } {
  const claims = [
    ...controlPlaneClaims(header, pinned),
    ...countersignatureClaims(header, pinned),
    ...headClaims(header.project, pinned, heads),
  ];
  const judged = claims.map(judge);
  return {
    witnesses: judged.flatMap((one) => ('by' in one ? [one] : [])),
    findings: [...pinFinding(header, pinned), ...judged.flatMap((one) => ('code' in one ? [one] : []))],
  };
}

interface Claim extends Witness {
  readonly project: ProjectId;
  readonly chain: ProjectId;
  readonly keys: readonly string[];
  readonly signature: string;
  readonly line: number | null;
}

function judge(claim: Claim): Witness | Finding {
  const { by, name, position, link, line } = claim;
  const finding = (code: Finding['code'], message: string): Finding => ({ code, position, line, message });
  if (claim.project !== claim.chain)
    return finding('head-foreign', `The head of ${name} belongs to another project.`);
  if (claim.keys.length === 0)
    return finding('key-unpinned', `${name} signed position ${position}, but no key of it is pinned.`);
  const head = { project: claim.project, position, link };
  if (!claim.keys.some((key) => verifyHead(key, head, claim.signature)))
    return finding('signature-wrong', `The signature of ${name} over position ${position} is wrong.`);
  return { by, name, position, link };
}

function pinFinding(header: ExportHeader, pinned: PinnedKeys): readonly Finding[] {
  if (pinned.controlPlane.includes(header.publicKey)) return [];
  const message = 'The key of the control plane in the export is not one that is pinned.';
  return [{ code: 'key-unpinned', position: null, line: 1, message }];
}

/** Only pinned keys count: the key in the header proves nothing by itself. */
const controlPlaneClaims = (header: ExportHeader, pinned: PinnedKeys): readonly Claim[] =>
  header.checkpoints.map(({ position, link, signature }) => ({
    by: 'control plane',
    name: 'the control plane',
    project: header.project,
    chain: header.project,
    keys: pinned.controlPlane,
    line: 1,
    position,
    link,
    signature,
  }));

const countersignatureClaims = (header: ExportHeader, pinned: PinnedKeys): readonly Claim[] =>
  header.checkpoints.flatMap(({ position, link, countersignatures }) =>
    countersignatures.map(({ agent, signature }) => ({
      by: 'agent' as const,
      name: `agent ${agent}`,
      project: header.project,
      chain: header.project,
      keys: keysOf(pinned, agent),
      line: 1,
      position,
      link,
      signature,
    })),
  );

const headClaims = (chain: ProjectId, pinned: PinnedKeys, heads: readonly AgentHead[]): readonly Claim[] =>
  heads.map(({ project, agent, position, link, signature }) => ({
    by: 'agent',
    name: `agent ${agent}`,
    keys: keysOf(pinned, agent),
    line: null,
    project,
    chain,
    position,
    link,
    signature,
  }));

const keysOf = (pinned: PinnedKeys, agent: string): readonly string[] =>
  Object.hasOwn(pinned.agents, agent) ? (pinned.agents[agent] ?? []) : [];
