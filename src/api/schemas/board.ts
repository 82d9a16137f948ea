import { type Static, Type } from 'typebox';
import type { ProjectId, RoleName } from '../../domain/ids.ts';
import type { BoardPageView, BoardView, ViewerView, WayView, WeakenedView } from '../../lifecycle/views.ts';
import { admission } from './admission.ts';
import { environment } from './environment.ts';
import { event } from './event.ts';
import { promotion } from './promotion.ts';
import { releaseRef } from './release.ts';
import { rollout } from './rollout.ts';
import { rulesProposal } from './rules.ts';
import type { Same } from './same.ts';
import {
  actorId,
  count,
  environmentName,
  instantMs,
  listOf,
  nameOf,
  nullable,
  promotionId,
  ref,
  text,
  uuid,
} from './shapes.ts';

export const project = Type.Object({ id: uuid<ProjectId>('Project'), name: text }, { $id: 'Project' });

export const member = Type.Object(
  { id: actorId, roles: listOf(nameOf<RoleName>('Role')) },
  { $id: 'Member', description: 'A person whom the project file names' },
);

export const way = Type.Object(
  {
    pipeline: text,
    from: environmentName,
    to: environmentName,
    release: nullable(releaseRef),
    promotion: nullable(promotionId),
    admission: nullable(ref(admission)),
    summary: text,
    waitsFor: listOf(text),
  },
  { $id: 'Way', description: 'The way into an environment from the one before it' },
);
true satisfies Same<Static<typeof way>, WayView>;

export const viewer = Type.Object(
  {
    id: actorId,
    roles: listOf(nameOf<RoleName>('Role')),
    actingAs: nullable(actorId),
    mayActAs: listOf(ref(member)),
  },
  { $id: 'Viewer', description: 'Who is looking' },
);
true satisfies Same<Static<typeof viewer>, ViewerView>;

const boardPage = Type.Object({
  environments: count,
  found: count,
  before: count,
  previous: nullable(text),
  next: nullable(text),
});
true satisfies Same<Static<typeof boardPage>, BoardPageView>;

const weakened = Type.Object({ environment: environmentName, waiting: ref(rulesProposal) });
true satisfies Same<Static<typeof weakened>, WeakenedView>;

export const board = Type.Object(
  {
    project: ref(project),
    now: instantMs,
    position: count,
    page: boardPage,
    pipelines: listOf(Type.Object({ name: text, rungs: listOf(environmentName) })),
    environments: listOf(ref(environment)),
    ways: listOf(ref(way)),
    rollouts: listOf(ref(rollout)),
    promotions: listOf(ref(promotion)),
    asked: listOf(promotionId),
    weakened: listOf(weakened),
    viewer: ref(viewer),
    recent: listOf(ref(event)),
  },
  { $id: 'Board', description: 'A page of the board as of `position`, and what wants attention anywhere' },
);
true satisfies Same<Static<typeof board>, BoardView>;
