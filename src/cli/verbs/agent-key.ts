import { Failure } from '../../domain/failure.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { dataFolderOf } from '../find/data-folder.ts';
import type { ConnectionFlags } from '../find/place.ts';
import type { AgentPublicKeys } from '../programs.ts';

export interface ReplaceFlags extends ConnectionFlags {
  readonly signing?: string;
  readonly sealing?: string;
}

/** On this machine the keys are made here; for an agent elsewhere its public keys are given. */
export async function replace(cli: Cli, flags: ReplaceFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  await client.environment(environment);
  const announce = (keys: AgentPublicKeys): Promise<void> => client.replaceAgentKey(environment, keys);
  const keys = givenKeys(flags);
  if (keys !== null) await announce(keys);
  const now =
    keys ??
    (await cli.programs.replaceAgentKey(
      { dataFolder: await dataFolderOf(flags.data, cli), environment },
      announce,
    ));
  cli.answer(flags, { environment, ...now }, (view, look) => [
    `${look.style.good('✓')} The agent of ${environment} has a new key; the old one opens nothing any more.`,
    `  signing ${view.signing}`,
    `  sealing ${view.sealing}`,
    '  Pin them in rung.keys.yaml and commit it, so that a false key is noticed.',
  ]);
}

function givenKeys(flags: ReplaceFlags): AgentPublicKeys | null {
  const { signing, sealing } = flags;
  if (signing === undefined && sealing === undefined) return null;
  if (signing === undefined || sealing === undefined)
    throw new Failure('invalid', 'usage', '--signing and --sealing go together: an agent has both keys.', {
      wayOut: 'Give both, or neither to have new keys made on this machine.',
    });
  return { signing, sealing };
}

export interface RevokeFlags extends ConnectionFlags {
  readonly key?: string;
  readonly yes?: boolean;
}

export async function revoke(cli: Cli, flags: RevokeFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  await client.environment(environment);
  const signing = flags.key ?? (await keyOnThisMachine(cli, flags, environment));
  await confirm(
    cli,
    `The agent of ${environment} is shut out until it has another key. Revoke ${signing}?`,
    flags,
  );
  await client.revokeAgentKey(environment, signing);
  cli.answer(flags, { environment, signing, revoked: true }, (_, look) => [
    `${look.style.good('✓')} Revoked. What runs in ${environment} goes on; nothing new reaches it.`,
    `  Next: rung agent key replace ${environment}`,
  ]);
}

async function keyOnThisMachine(cli: Cli, flags: RevokeFlags, environment: string): Promise<string> {
  const dataFolder = await dataFolderOf(flags.data, cli);
  return (await cli.programs.agentKeys({ dataFolder, environment })).signing;
}
