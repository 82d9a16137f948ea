import type { Actor } from '../../domain/actor.ts';
import type { EventKind } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, ProjectId } from '../../domain/ids.ts';
import { fingerprint } from '../../domain/keys.ts';
import { rolesOf } from '../../domain/roles.ts';
import { type AgentKey, type AgentRecord, keysInForce } from '../../engine/records.ts';
import { asPerson, noRole } from '../callers.ts';
import type { ControlPlane } from '../face.ts';
import { environmentNamed, rulesFor } from '../lookup.ts';
import type { Parts } from '../parts.ts';

type AgentKeys = Pick<ControlPlane, 'replaceAgentKey' | 'revokeAgentKey'>;

/** A lost or stolen key of an agent is replaced: the old ones are refused from that moment on. */
export function createAgentKeys({ store, clock, agents }: Parts): AgentKeys {
  const change = async (
    project: ProjectId,
    name: string,
    by: Actor & { kind: 'person' },
    work: (
      agent: AgentRecord,
      now: Instant,
    ) => { readonly agent: AgentRecord; readonly kind: EventKind; readonly message: string },
  ): Promise<void> => {
    const id = await store.transaction(async (tx) => {
      const environment = (await environmentNamed(tx, project, name)).value;
      if (rolesOf(await rulesFor(tx, environment), by.id).length === 0) throw noRole(by.id);
      const stored = await tx.get(project, 'agent', environment.agent);
      if (stored === undefined) throw new Failure('absent', 'agent-unknown', `${name} has no agent.`);
      const now = clock.now();
      const { agent, kind, message } = work(stored.value, now);
      await tx.put(project, 'agent', agent.id, agent, stored.version);
      await tx.append([
        {
          project,
          kind,
          at: now,
          actor: by,
          environment: environment.id,
          subject: `agent/${agent.id}`,
          message,
          payload: { keys: agent.keys.length },
        },
      ]);
      return agent.id;
    });
    // Here at once; other replicas hear of it.
    agents.forget(id);
  };
  return {
    replaceAgentKey: (project, name, key, caller) => {
      const by = asPerson(caller, "replace an agent's key");
      const print = fingerprint(key.signing);
      return change(project, name, by, (agent, now) => ({
        agent: {
          ...agent,
          keys: [...agent.keys.map((one) => revoked(one, now)), { ...key, addedAt: now, revokedAt: null }],
        },
        kind: 'agent.key-replaced',
        message: `${by.id} replaced the key of ${name}'s agent; it is now ${print}`,
      }));
    },
    revokeAgentKey: (project, name, signing, caller) => {
      const by = asPerson(caller, "revoke an agent's key");
      return change(project, name, by, (agent, now) => {
        if (!keysInForce(agent.keys).includes(signing)) throw keyUnknown(name);
        return {
          agent: {
            ...agent,
            keys: agent.keys.map((one) => (one.signing === signing ? revoked(one, now) : one)),
          },
          kind: 'agent.key-revoked',
          message: `${by.id} revoked a key of ${name}'s agent`,
        };
      });
    },
  };
}

const keyUnknown = (name: string): Failure =>
  new Failure(
    'absent',
    'agent-key-unknown',
    `The agent of ${name} has no such key, or it was revoked before.`,
    {
      wayOut: 'Nothing was changed: that key is refused.',
    },
  );

const revoked = (key: AgentKey, now: Instant): AgentKey => ({ ...key, revokedAt: key.revokedAt ?? now });
