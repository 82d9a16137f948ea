import { Type } from 'typebox';
import { members, named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { routeBodyBytes } from '../limits.ts';
import { pageOf, whole } from '../paging.ts';
import { projectRoute } from '../route.ts';
import {
  askComparison,
  askRules,
  askRulesApproval,
  askRulesRejection,
  rules,
  rulesComparison,
} from '../schemas/rules.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({ name: Type.String({ minLength: 1, maxLength: 40 }) });

/** INF-7: which project file rules which environment, and what waits to. */
export function rulesRoutes(context: ApiContext): void {
  fileRoutes(context);
  decisionRoutes(context);
}

function fileRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'compareRules',
    tag: 'rules',
    method: 'POST',
    path: '/rules/compare',
    summary: 'What another project file would change, environment by environment; changes nothing',
    access: signedIn('read'),
    body: askComparison,
    bodyBytes: routeBodyBytes.projectFile,
    answer: pageOf(ref(rulesComparison)),
    run: async ({ project, body }) => whole(await controlPlane.compareRules(project.id, body.text)),
  });
  projectRoute(context, {
    id: 'applyRules',
    tag: 'rules',
    method: 'POST',
    path: '/rules',
    summary:
      'Put a project file into force where it weakens nothing that is protected; there it waits for approval',
    access: members(null),
    body: askRules,
    bodyBytes: routeBodyBytes.projectFile,
    answer: pageOf(ref(rules)),
    idempotent: true,
    run: async ({ project, body, caller }) => whole(await controlPlane.applyRules(project.id, body, caller)),
  });
  projectRoute(context, {
    id: 'getRules',
    tag: 'rules',
    method: 'GET',
    path: '/environments/:name/rules',
    summary: 'The project file that rules an environment, and the one that waits to',
    access: signedIn('read'),
    params,
    answer: ref(rules),
    run: ({ project, params: { name } }) => controlPlane.rulesInForce(project.id, name),
  });
}

function decisionRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'approveRules',
    tag: 'rules',
    method: 'POST',
    path: '/environments/:name/rules/approve',
    summary: 'Agree to weaker rules; the hash is what you saw',
    access: named('approval-role-missing'),
    params,
    body: askRulesApproval,
    answer: ref(rules),
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.approveRules(project.id, name, body, caller),
  });
  projectRoute(context, {
    id: 'rejectRules',
    tag: 'rules',
    method: 'POST',
    path: '/environments/:name/rules/reject',
    summary: 'Refuse weaker rules',
    access: named('approval-role-missing'),
    params,
    body: askRulesRejection,
    answer: ref(rules),
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.rejectRules(project.id, name, body, caller),
  });
}
