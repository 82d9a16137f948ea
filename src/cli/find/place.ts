import { resolve } from 'node:path';
import { dataFolderOf } from './data-folder.ts';
import { answeringAddress } from './answering.ts';
import { readOwnToken, readSmallFile } from './files.ts';
import { checkedUrl } from './url.ts';

/** Where a control plane is, and as whom to speak to it. */
export interface Place {
  readonly url: string;
  /** null: the only project there is. */
  readonly project: string | null;
  readonly token: string | null;
  readonly actAs: string | null;
}

export interface ConnectionFlags {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly data?: string;
  readonly project?: string;
  readonly as?: string;
  readonly json?: boolean;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * An address that is named goes before one that is found: `--url` or RUNG_URL, else what the data folder says of the
 * control plane that runs from it. The data folder's own token is never sent to an address that was named.
 */
export async function findPlace(flags: ConnectionFlags, around: Surroundings): Promise<Place> {
  const named = flags.url ?? given(around.env['RUNG_URL']);
  const token = await givenToken(flags, around);
  const project = flags.project ?? given(around.env['RUNG_PROJECT']) ?? null;
  const actAs = flags.as ?? null;
  if (named !== undefined) return { url: checkedUrl(named, token !== null), project, token, actAs };
  const folder = await dataFolderOf(flags.data, around);
  const address = await answeringAddress(folder);
  return {
    url: address.url,
    project: project ?? address.project,
    token: token ?? (await readOwnToken(folder)),
    actAs,
  };
}

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

async function givenToken(flags: ConnectionFlags, around: Surroundings): Promise<string | null> {
  if (flags.tokenFile !== undefined)
    return (await readSmallFile(resolve(around.cwd, flags.tokenFile))).trim();
  return given(around.env['RUNG_TOKEN']) ?? null;
}
