import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import { gateName, type Waiver, type WaiverId } from '../../domain/gate.ts';
import type { ActorId, Instant } from '../../domain/ids.ts';
import { rolesAmong } from '../../domain/roles.ts';
import { listText } from '../../domain/wording.ts';
import type { Transaction } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';

/**
 * Somebody lets one gate pass for this release, with a reason. It binds to the tree and the environment, and is shown
 * for ever. Denied to whom the step does not name; absent `gate-unknown` where the step has no such gate.
 */
export async function waive(
  tx: Transaction,
  facts: AdmissionFacts,
  ask: {
    readonly id: WaiverId;
    readonly gate: string;
    readonly reason: string;
    readonly by: Actor & { kind: 'person' };
  },
  now: Instant,
): Promise<void> {
  const { target, release } = facts;
  needGate(facts, ask.gate);
  const waiver: Waiver = {
    id: ask.id,
    project: target.project,
    gate: ask.gate,
    tree: release.manifest.tree,
    environment: target.id,
    by: ask.by.id,
    roles: waivingRoles(facts, ask.by.id),
    reason: ask.reason,
    at: now,
  };
  await tx.put(target.project, 'waiver', waiver.id, waiver, 0);
  await tx.append([
    {
      project: target.project,
      kind: 'gate.waived',
      at: now,
      actor: ask.by,
      environment: target.id,
      subject: `release/${release.id}`,
      message: `${ask.by.id} waived ${ask.gate} of ${release.version} for ${target.name}: ${ask.reason}`,
      payload: {
        waiver: waiver.id,
        gate: ask.gate,
        tree: waiver.tree,
        roles: waiver.roles,
        reason: ask.reason,
      },
    },
  ]);
  await tx.wake([{ key: `environment/${target.id}`, project: target.project, at: now }]);
}

function needGate({ rung, target }: AdmissionFacts, gate: string): void {
  const gates = (rung?.step.gates ?? []).map(gateName);
  if (gates.includes(gate)) return;
  throw new Failure('absent', 'gate-unknown', `${target.name} asks for no gate "${gate}".`, {
    wayOut: gates.length === 0 ? 'It has no gates.' : `Its gates are: ${listText(gates)}.`,
  });
}

function waivingRoles({ rung, file, target }: AdmissionFacts, person: ActorId): Waiver['roles'] {
  const from = rung?.step.waive ?? [];
  const roles = rolesAmong(file, person, from);
  if (roles.length > 0) return roles;
  throw new Failure('denied', 'waiver-role-missing', `${person} may waive no gate of ${target.name}.`, {
    wayOut:
      from.length === 0
        ? 'Nobody may: the step names nobody under `waive`. Do what the gate asks for.'
        : `Ask somebody who is ${listText(from, 'or')}.`,
  });
}
