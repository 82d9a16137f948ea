import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { releasesQuery } from '../api/queries.ts';
import type { BoardView } from '../api/views.ts';
import { canBeAskedFor } from '../features/promotion/merge-ask.ts';
import { missingApprovers, promotionTitle } from '../features/promotion/promotion-state.ts';
import { isLive } from '../features/rollout/phase.ts';
import { isWhole } from '../features/board/whole.ts';
import { useEnvironments } from '../features/environment/use-environments.ts';
import { useActAs } from '../features/session/use-act-as.ts';
import { preferences } from './preferences.ts';
import { useProject } from './project-context.ts';
import type { Act } from './act.ts';
import { useAct } from './use-act.ts';

export interface Entry {
  readonly group: 'Page' | 'Environment' | 'Release' | 'Service' | 'Command';
  readonly label: string;
  readonly run: () => void;
}

/** Every word must be in it, in any order; what begins with the first comes first. */
export function found(entries: readonly Entry[], words: string): readonly Entry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = wanted;
  return entries
    .filter((entry) => {
      const text = `${entry.group} ${entry.label}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((left, right) => rank(left, first) - rank(right, first));
}

const rank = (entry: Entry, word: string): number => (entry.label.toLowerCase().startsWith(word) ? 0 : 1);

/** One names the environment after what is to be done there, as in `roll back prod-7`. */
const lastWord = (words: string): string => words.trim().split(/\s+/).at(-1) ?? '';

/** All there is to be found: the commands that make sense now, pages, environments, services and releases. */
export function usePaletteEntries(words: string): readonly Entry[] {
  const { board, project } = useProject();
  const { open } = useAct();
  const actAs = useActAs();
  const navigate = useNavigate();
  const { environments } = useEnvironments(isWhole(board) ? '' : lastWord(words));
  const releases = useInfiniteQuery({ ...releasesQuery(project), enabled: false });
  const go = (to: '' | '/releases' | '/environments' | '/calendar' | '/delegations' | '/log') => () =>
    void navigate({ to: `/projects/$project${to}`, params: { project } });
  const visit = (environment: string): void =>
    void navigate({ to: '/projects/$project/environments/$environment', params: { project, environment } });
  return [
    ...commandEntries({ ...board, environments }, open),
    { group: 'Page', label: 'Board', run: go('') },
    { group: 'Page', label: 'Releases', run: go('/releases') },
    { group: 'Page', label: 'Environments', run: go('/environments') },
    { group: 'Page', label: 'Calendar', run: go('/calendar') },
    { group: 'Page', label: 'Standing in for somebody', run: go('/delegations') },
    { group: 'Page', label: 'Log', run: go('/log') },
    ...environments.flatMap(({ name, services }) => placeEntries(name, services, () => visit(name))),
    ...(releases.data?.pages ?? []).flatMap((page) =>
      page.items.map(
        ({ version }): Entry => ({
          group: 'Release',
          label: version,
          run: () =>
            void navigate({
              to: '/projects/$project/releases/$release',
              params: { project, release: version },
            }),
        }),
      ),
    ),
    ...board.viewer.mayActAs.map(
      (member): Entry => ({
        group: 'Command',
        label: `Act as ${member.id}`,
        run: () => actAs.mutate(member.id),
      }),
    ),
    { group: 'Command', label: 'Show times in UTC', run: () => preferences.setZone('utc') },
    { group: 'Command', label: 'Show times in my own zone', run: () => preferences.setZone('local') },
  ];
}

const placeEntries = (
  name: string,
  services: BoardView['environments'][number]['services'],
  run: () => void,
): readonly Entry[] => [
  { group: 'Environment', label: name, run },
  ...services.map(({ service }): Entry => ({ group: 'Service', label: `${service} in ${name}`, run })),
];

function commandEntries(board: BoardView, open: (act: Act) => void): readonly Entry[] {
  const entry = (label: string, act: Act): Entry => ({ group: 'Command', label, run: () => open(act) });
  const asked = new Set(board.asked);
  return [
    ...board.promotions
      .filter((one) => asked.has(one.id))
      .map((one) =>
        entry(`Approve ${one.release.version} for ${one.environment}…`, {
          act: 'approve',
          promotion: one.id,
        }),
      ),
    ...board.ways.flatMap((way) =>
      way.release === null || !canBeAskedFor(way, way.release.id)
        ? []
        : [
            entry(`Promote ${way.release.version} to ${way.to}…`, {
              act: 'promote',
              release: way.release.version,
              to: way.to,
            }),
          ],
    ),
    ...board.promotions
      .filter((one) => missingApprovers(one) !== null)
      .map((one) =>
        entry(`Ask again for approvals of ${promotionTitle(one)}…`, { act: 'remind', promotion: one.id }),
      ),
    ...(board.viewer.roles.length === 0
      ? []
      : [entry('Let somebody stand in for you while you are away…', { act: 'delegate' })]),
    ...board.rollouts.flatMap((one) => rolloutEntries(one, entry)),
    ...board.environments.flatMap((one) =>
      one.release === null
        ? []
        : [
            entry(`Roll back ${one.name}…`, { act: 'rollback', on: one.name }),
            entry(`Validate ${one.release.version} in ${one.name}…`, { act: 'validate', on: one.name }),
          ],
    ),
  ];
}

function rolloutEntries(
  { id, environment, version, state }: BoardView['rollouts'][number],
  entry: (label: string, act: Act) => Entry,
): readonly Entry[] {
  const what = `${version} in ${environment}`;
  if (!isLive(state) || state.phase === 'rolling back') return [];
  return [
    ...(state.phase === 'held'
      ? [
          entry(`Resume ${what}…`, { act: 'resume', rollout: id }),
          entry(`Promote ${what} with a reason…`, { act: 'advance', rollout: id }),
        ]
      : [entry(`Pause ${what}…`, { act: 'pause', rollout: id })]),
    entry(`Take back ${what}…`, { act: 'take-back', rollout: id }),
  ];
}
