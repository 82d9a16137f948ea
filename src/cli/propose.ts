import type { CliContext } from './context.ts';
import { connected } from './connect.ts';
import type { RungClient } from './rung-client.ts';

type Propose = (this: CliContext, partial: string) => Promise<readonly string[]>;

/** Proposes names that begin with what was typed; nothing at all where no control plane answers. */
const proposing = (names: (client: RungClient, partial: string) => Promise<readonly string[]>): Propose =>
  async function (this: CliContext, partial) {
    try {
      const found = await names(await connected(this.cli, {}), partial);
      return found.filter((name) => name.startsWith(partial));
    } catch {
      return [];
    }
  };

export const environmentNames = proposing(async (client, partial) =>
  (await client.environments(partial)).map((environment) => environment.name),
);

export const releaseVersions = proposing(async (client) =>
  (await client.releases({ limit: 50 })).items.map((release) => release.version),
);

/** Needs no control plane. */
export const explainedNames: Propose = async (partial) => {
  const { explainedCodes } = await import('../domain/failures/index.ts');
  return explainedCodes.filter((code) => code.startsWith(partial));
};
