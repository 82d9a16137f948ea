import type { EnvironmentId, EnvironmentName, ProjectId } from '../../domain/ids.ts';
import type { Environment } from '../../domain/environment.ts';
import { rungOf } from '../../domain/pipeline.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Reader } from '../../engine/store.ts';
import { everyOne } from '../lookup.ts';
import { pictureOf, type Within } from './project-picture.ts';

export interface Around {
  readonly tx: Reader;
  /** Those that are not retired. */
  readonly byName: ReadonlyMap<EnvironmentName, Environment>;
}

/**
 * A picture of some environments, and of the rungs below them, which admission looks at, too. So the work for a page is as much
 * as there is on it, however many environments the project has.
 */
export async function pictureAround(
  reader: Reader,
  project: ProjectId,
  file: Pick<ProjectFile, 'pipelines'>,
  asked: { readonly names?: readonly EnvironmentName[]; readonly ids?: readonly EnvironmentId[] },
): Promise<Around> {
  const { names = [], ids = [] } = asked;
  const byId = await among(reader, project, { ids });
  const wanted = [...names, ...byId.map(({ value }) => value.name)];
  const below = wanted.flatMap((name) => (rungOf(file, name)?.before ?? []).map((one) => one.environment));
  const all = [...new Set([...wanted, ...below])];
  const environments = await among(reader, project, { name: all });
  const lasting = environments.map(({ value }) => value).filter((one) => one.retiredAt === null);
  return {
    tx: pictureOf(reader, project, { names: all, environments }),
    byName: new Map(lasting.map((one) => [one.name, one])),
  };
}

const atOnce = 200;

/** In lists as long as a page of the store, of which each is found by its index. */
async function among(
  reader: Reader,
  project: ProjectId,
  filter: { readonly ids: readonly string[] } | { readonly name: readonly string[] },
): Promise<Within['environments']> {
  const [[word, wanted]] = Object.entries(filter) as [['ids' | 'name', readonly string[]]];
  const found: Within['environments'][number][] = [];
  for (let from = 0; from < wanted.length; from += atOnce)
    found.push(
      ...(await everyOne(reader, project, 'environment', { [word]: wanted.slice(from, from + atOnce) })),
    );
  return found;
}
