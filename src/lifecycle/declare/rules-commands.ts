import { Failure } from '../../domain/failure.ts';
import type { Environment } from '../../domain/environment.ts';
import type { ActorId, EnvironmentName, Instant, ProjectId } from '../../domain/ids.ts';
import type { ApprovalPolicy, ProjectFile } from '../../domain/project-file/types.ts';
import {
  askersOf,
  compareRules,
  countRulesApprovals,
  proposalPolicy,
  type RulesApproval,
  type RulesProposal,
} from '../../domain/rules/index.ts';
import { rolesAmong } from '../../domain/roles.ts';
import { listText } from '../../domain/wording.ts';
import type { Reader, Stored, Transaction } from '../../engine/store.ts';
import { asPerson, needMember } from '../callers.ts';
import type { ControlPlane } from '../face.ts';
import { allEnvironments, environmentNamed, rulesFor, waitingProposal } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import type { RulesComparison, RulesView } from '../rules-views.ts';
import { environmentsByName, keepFile } from './accept.ts';
import { acceptRules } from './accept-rules.ts';
import { parseProjectFile, projectFileName } from './parse.ts';
import { considerRules, endProposal, needsApproval, tellOfRules } from './propose.ts';

type RulesCommands = Pick<
  ControlPlane,
  'compareRules' | 'applyRules' | 'rulesInForce' | 'approveRules' | 'rejectRules'
>;

type ShowRules = (tx: Reader, environment: Environment, now: Instant) => Promise<RulesView>;

/** INF-7: rules in force. What weakens a protected environment is seen as a plan, and approved by that environment's approvers. */
export function createRulesCommands(parts: Parts, show: ShowRules): RulesCommands {
  const { store, clock } = parts;
  const view = (project: ProjectId, name: string) =>
    store.read(async (tx) => show(tx, (await environmentNamed(tx, project, name)).value, clock.now()));
  return {
    rulesInForce: view,
    compareRules: async (project, text) => {
      const { file } = parseProjectFile(new TextEncoder().encode(text), projectFileName);
      return store.read(async (tx) => {
        const environments = await allEnvironments(tx, project);
        const inOrder = Object.keys(file.environments).flatMap(
          (name) => environments.find((one) => one.name === name) ?? [],
        );
        return Promise.all(inOrder.map(async (one) => comparisonOf(one, await rulesFor(tx, one), file)));
      });
    },
    applyRules: async (project, ask, caller) => {
      const by = asPerson(caller, 'put a project file into force');
      const parsed = parseProjectFile(new TextEncoder().encode(ask.text), projectFileName);
      await store.transaction(async (tx) => {
        await needMember(tx, project, caller);
        await needSameProject(tx, project, parsed.file);
        await keepFile(tx, project, parsed);
        const there = await environmentsByName(tx, project);
        for (const name of Object.keys(parsed.file.environments) as EnvironmentName[]) {
          const stored = there.get(name);
          if (stored === undefined) throw undeclared(name);
          const branch = ask.branch ?? stored.value.rules.branch;
          await considerRules(tx, parts, stored, { ...parsed, branch, by }, clock.now());
        }
      });
      return Promise.all(Object.keys(parsed.file.environments).map((name) => view(project, name)));
    },
    approveRules: async (project, name, { hash, comment }, caller) => {
      const by = asPerson(caller, 'approve a change of rules');
      await store.transaction(async (tx) => {
        const { environment, stored, inForce, policy } = await waitingRules(tx, project, name);
        if (hash !== stored.value.hash) throw otherProposal();
        const approval = {
          by: by.id,
          roles: approvingRoles(stored.value, inForce, policy, by.id, name),
          hash: stored.value.hash,
          at: clock.now(),
          comment: comment ?? '',
        };
        const next = withApproval(stored.value, approval);
        await tx.put(project, 'proposal', next.id, next, stored.version);
        const approved = { value: next, version: stored.version + 1 };
        await tellOfRules(tx, next, environment.value, 'rules.approved', by, clock.now(), {
          message: `${by.id} approved the weaker project file for ${name}`,
          payload: { hash: next.hash, roles: approval.roles, comment: approval.comment },
        });
        await acceptIfApproved(tx, environment, approved, inForce, policy, clock.now());
      });
      return view(project, name);
    },
    rejectRules: async (project, name, { reason, hash }, caller) => {
      const by = asPerson(caller, 'reject a change of rules');
      await store.transaction(async (tx) => {
        const { environment, stored, inForce, policy } = await waitingRules(tx, project, name);
        if (hash !== undefined && hash !== stored.value.hash) throw otherProposal();
        if (rolesAmong(inForce, by.id, policy.from).length === 0) throw notApprover(by.id, policy, name);
        const at = clock.now();
        const state = { phase: 'rejected', by: by.id, reason, at } as const;
        await endProposal(tx, stored, environment.value, state, by, at);
      });
      return view(project, name);
    },
  };
}

function comparisonOf(environment: Environment, inForce: ProjectFile, file: ProjectFile): RulesComparison {
  const changes = compareRules(inForce, file, environment.name);
  return {
    environment: environment.name,
    changes,
    needsApproval: needsApproval(changes, inForce, environment.name),
  };
}

const withApproval = (proposal: RulesProposal, approval: RulesApproval): RulesProposal => ({
  ...proposal,
  approvals: [...proposal.approvals.filter(({ by }) => by !== approval.by), approval],
});

async function acceptIfApproved(
  tx: Transaction,
  environment: Stored<'environment'>,
  stored: Stored<'proposal'>,
  inForce: ProjectFile,
  policy: ApprovalPolicy,
  now: Instant,
): Promise<void> {
  const { missingPeople, missingRoles } = countRulesApprovals(stored.value, inForce, policy, now);
  if (missingPeople > 0 || missingRoles > 0) return;
  const { project, to, branch, proposedBy } = stored.value;
  const rules = await tx.get(project, 'rules', to);
  if (rules === undefined)
    throw new Failure('defect', 'rules-missing', 'The proposed file is not in the store.');
  const by = { kind: 'automation', rule: 'rules in force' } as const;
  await endProposal(tx, stored, environment.value, { phase: 'accepted', at: now }, by, now);
  await acceptRules(tx, environment, { file: rules.value.file, digest: to, branch }, proposedBy, now);
}

interface WaitingRules {
  readonly environment: Stored<'environment'>;
  readonly stored: Stored<'proposal'>;
  readonly inForce: ProjectFile;
  readonly policy: ApprovalPolicy;
}

async function waitingRules(tx: Transaction, project: ProjectId, name: string): Promise<WaitingRules> {
  const environment = await environmentNamed(tx, project, name);
  const stored = await waitingProposal(tx, environment.value);
  const inForce = await rulesFor(tx, environment.value);
  const policy = proposalPolicy(inForce, environment.value.name);
  if (stored !== null && policy !== null) return { environment, stored, inForce, policy };
  throw new Failure('conflict', 'rules-not-waiting', `No change of the rules of ${name} waits for anybody.`, {
    wayOut: `See what is in force: rung rules show ${name}`,
  });
}

function approvingRoles(
  proposal: RulesProposal,
  inForce: ProjectFile,
  policy: ApprovalPolicy,
  person: ActorId,
  name: string,
): RulesApproval['roles'] {
  if (askersOf(proposal, policy).includes(person))
    throw new Failure('denied', 'approval-by-requester', 'Whoever proposed or wrote it may not approve it.', {
      wayOut: `Ask somebody else of ${listText(policy.from, 'or')}.`,
    });
  const roles = rolesAmong(inForce, person, policy.from);
  if (roles.length === 0) throw notApprover(person, policy, name);
  return roles;
}

const notApprover = (person: ActorId, policy: ApprovalPolicy, name: string): Failure =>
  new Failure(
    'denied',
    'approval-role-missing',
    `${person} has none of the roles that decide on the rules of ${name}.`,
    { wayOut: `Ask somebody who is ${listText(policy.from, 'or')}.` },
  );

const otherProposal = (): Failure =>
  new Failure('conflict', 'plan-changed', 'The proposed file is no longer the one you looked at.', {
    wayOut: 'Look at what would change now, and say of that what you have to say.',
  });

async function needSameProject(tx: Transaction, project: ProjectId, file: ProjectFile): Promise<void> {
  const known = await tx.get(project, 'project', project);
  if (known?.value.name === file.project) return;
  throw new Failure('invalid', 'project-other', `This file is of the project ${file.project}.`, {
    wayOut: `Hand over the file of ${known?.value.name ?? 'this project'}.`,
  });
}

const undeclared = (name: string): Failure =>
  new Failure('invalid', 'environment-undeclared', `${name} is new, and has no agent with keys yet.`, {
    wayOut: 'Start it with rung up beside the file: that makes its keys and its agent.',
  });
