import { Failure } from '../domain/failure.ts';

/**
 * Of what agent and control plane say to each other; in every message. 1 was the first; with 2 a control plane says
 * that it was restored, and an agent what it holds.
 *
 * It is raised when something is added that the other side should know of. What is added is optional: who hears a field
 * that it does not know passes over it, who misses one does as before. So a version works with the one before it and the
 * one after it, and agents and control plane can be brought up to date one by one, in either order.
 */
export const protocolVersion = 2;

/** Whether a message of that version is taken. */
export const isSpoken = (version: number): boolean => Math.abs(version - protocolVersion) <= 1;

/** Throws conflict `protocol-unspoken`. `who` is on the other side. */
export function refuseUnspoken(version: number, who: 'agent' | 'control plane'): void {
  if (isSpoken(version)) return;
  const isOlder = version < protocolVersion;
  const other = who === 'agent' ? 'control plane' : 'agent';
  throw new Failure(
    'conflict',
    'protocol-unspoken',
    `The ${who} speaks version ${version} of the protocol; this ${other} takes ${protocolVersion - 1} to ${protocolVersion + 1}.`,
    {
      wayOut: `Bring the ${isOlder ? who : other} up to date; where it is more than one version behind, one version after the other.`,
      facts: { spoken: version, taken: [protocolVersion - 1, protocolVersion, protocolVersion + 1] },
    },
  );
}
