import { Type } from 'typebox';
import { members } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { askAgentKey, askRevokeAgentKey } from '../schemas/asks.ts';

const params = Type.Object({ environment: Type.String({ minLength: 1, maxLength: 40 }) });
const done = Type.Object({ done: Type.Literal(true) });

export function agentKeyRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const common = { tag: 'agents', method: 'POST', access: members(null), params, answer: done } as const;
  projectRoute(context, {
    ...common,
    id: 'replaceAgentKey',
    path: '/agents/:environment/keys/replace',
    summary: "Give an environment's agent new keys; the old ones are refused from now on",
    body: askAgentKey,
    run: async ({ project, params: { environment }, body, caller }) => {
      await controlPlane.replaceAgentKey(project.id, environment, body, caller);
      return { done: true as const };
    },
  });
  projectRoute(context, {
    ...common,
    id: 'revokeAgentKey',
    path: '/agents/:environment/keys/revoke',
    summary: 'Refuse one key of an agent from now on',
    body: askRevokeAgentKey,
    run: async ({ project, params: { environment }, body, caller }) => {
      await controlPlane.revokeAgentKey(project.id, environment, body.signing, caller);
      return { done: true as const };
    },
  });
}
