import { describe, expect, it } from 'vitest';
import { unaskedFace } from '../../scripts/permissions-page.ts';
import { type AgentCaller, agentCallerNames, agentVerdict } from '../../src/api/agents/access.ts';
import { describeAgentCalls } from '../../src/api/agents/listener.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { agentOf, answerTo, type Identity, sentAbout, signed, socketOf } from './agent-calls.ts';
import { environments, openWorld, type World } from './world.ts';

const calls = describeAgentCalls({ face: unaskedFace, clock: systemClock, log: silentLog });

/** Who signs, when it is about an environment. */
function identityOf(world: World, caller: AgentCaller, about: string): Identity | null {
  const another = environments.find((name) => name !== about) ?? '';
  switch (caller) {
    case 'nobody':
    case 'person':
      return null;
    case 'this environment':
      return agentOf(world, about);
    case 'other environment':
      return agentOf(world, another);
    case 'other project':
      return {
        agent: world.other.environments.find((one) => one.name === about)?.agent ?? '',
        key: world.keys[`other ${about}`]?.signing.privateKey ?? '',
      };
    case 'revoked key':
      return agentOf(world, about, `old ${about}`);
  }
}

/** `left out` where the answer is fine and says nothing of the environment. */
function outcomeOf(world: World, about: string, { status, text }: { status: number; text: string }): string {
  if (status >= 300) return (JSON.parse(text) as { code: string }).code;
  const environment = world.declared.environments.find(({ name }) => name === about)?.id ?? '';
  return text.startsWith('{"protocol"') && !text.includes(environment) ? 'left out' : 'allowed';
}

async function openTo(socket: string, about: string, world: World): Promise<void> {
  const { pool } = await socketOf(world, socket);
  for (const call of calls) {
    const outcomes: [AgentCaller, string][] = [];
    for (const caller of agentCallerNames) {
      const sent = await sentAbout(world, call.path, about);
      const identity = identityOf(world, caller, about);
      const person = caller === 'person' ? 'Bearer rung_x' : null;
      const proof = identity === null ? person : await signed(world, pool, sent, identity);
      outcomes.push([caller, outcomeOf(world, about, await answerTo(pool, sent, proof))]);
    }
    expect({ call: call.path, outcomes }).toEqual({
      call: call.path,
      outcomes: agentCallerNames.map((caller) => [caller, agentVerdict(call, caller)]),
    });
  }
}

const pairs = environments.flatMap((socket) => environments.map((about) => [socket, about] as const));

describe('what agents may do (OPS-7)', () => {
  it.each(pairs)('holds on the socket of %s for what is about %s', async (socket, about) => {
    await openTo(socket, about, await openWorld());
  });
});
