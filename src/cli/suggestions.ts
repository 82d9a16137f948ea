import { Failure, isFailure } from '../domain/failure.ts';
import { nearestName } from '../domain/project-file/nearest.ts';
import { listed } from './render/figures.ts';
import type { RungClient } from './rung-client.ts';

/**
 * The same client, where an unknown environment or release is answered with the name that was probably meant. It
 * looks the names up only once a call has failed, so that nothing is slower for it.
 */
export function withSuggestions(client: RungClient): RungClient {
  return new Proxy(client, {
    get: (target, key: keyof RungClient) => {
      const member: unknown = target[key];
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, given);
        return answer instanceof Promise
          ? answer.catch(async (thrown: unknown) => {
              throw await explained(client, thrown, given);
            })
          : answer;
      };
    },
  });
}

/** More names in a row than this are not read by anybody. */
const mostListed = 20;

async function explained(client: RungClient, thrown: unknown, given: readonly unknown[]): Promise<unknown> {
  if (!isFailure(thrown) || thrown.kind !== 'absent') return thrown;
  try {
    if (thrown.code === 'environment-unknown') {
      const names = (await client.environments()).map((environment) => environment.name);
      const all =
        names.length > mostListed
          ? '`rung status --search LETTERS` finds one.'
          : `There are ${listed(names)}.`;
      return suggesting(thrown, given, names, all);
    }
    if (thrown.code === 'release-unknown') {
      const versions = (await client.releases({ limit: 50 })).items.map((release) => release.version);
      return suggesting(thrown, given, versions, '`rung release list` shows every release.');
    }
  } catch {
    // The names are a courtesy: the first failure is what matters.
  }
  return thrown;
}

function suggesting(
  failure: Failure,
  given: readonly unknown[],
  names: readonly string[],
  all: string,
): Failure {
  const words: readonly unknown[] = given.flatMap((value): readonly unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value) : [value],
  );
  const written = words.find(
    (word): word is string =>
      typeof word === 'string' && !names.includes(word) && failure.message.includes(word),
  );
  const meant = written === undefined ? null : nearestName(written, names);
  return new Failure(failure.kind, failure.code, failure.message, {
    wayOut: meant === null ? all : `Did you mean ${meant}? ${all}`,
    problems: failure.problems,
    facts: failure.facts,
    cause: failure,
  });
}
