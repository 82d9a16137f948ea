import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import type { Look } from '../render/look.ts';
import { table } from '../render/table.ts';
import { ago, exactly, fromNow } from '../render/time.ts';
import type { TokenScope, TokenView } from '../rung-client.ts';

export interface CreateFlags extends ConnectionFlags {
  readonly scope: readonly TokenScope[];
  readonly expires: number;
}

/** The secret alone goes to stdout, so that it can be piped into where it belongs and need not be seen. */
export async function create(cli: Cli, flags: CreateFlags, name: string): Promise<void> {
  const client = await connected(cli, flags);
  const made = await client.createToken({ name, scopes: flags.scope, expiresInMs: flags.expires });
  if (flags.json === true) {
    cli.answer(flags, made, () => []);
    return;
  }
  cli.note(
    `Token ${name} may ${made.token.scopes.join(', ')} until ${exactly(made.token.expiresAt, cli.look())}.`,
  );
  cli.note('This is the only time its secret is shown; keep it where your CI keeps its secrets:');
  cli.print([made.secret]);
}

export async function list(cli: Cli, flags: ConnectionFlags): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.tokens(), (tokens, look) =>
    tokens.length === 0
      ? ['No token yet. `rung token create NAME --scope build` makes one.']
      : table(
          [{ title: 'NAME' }, { title: 'MAY' }, { title: 'CREATED' }, { title: 'STATE' }, { title: 'ID' }],
          tokens.map((token) => tokenRow(token, look)),
          look,
        ),
  );
}

const tokenRow = (token: TokenView, look: Look): readonly string[] => [
  look.style.strong(token.name),
  token.scopes.join(', '),
  ago(token.createdAt, look),
  tokenState(token, look),
  look.style.faint(token.id),
];

function tokenState(token: TokenView, look: Look): string {
  if (token.revokedAt !== null) return look.style.faint(`revoked ${ago(token.revokedAt, look)}`);
  if (token.expiresAt <= look.now) return look.style.faint(`expired ${ago(token.expiresAt, look)}`);
  return look.style.good(`good, expires ${fromNow(token.expiresAt, look)}`);
}

export async function revoke(cli: Cli, flags: ConnectionFlags, id: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.revokeToken(id), (token, look) => [
    `${look.style.good('✓')} Token ${token.name} is revoked; from now on it opens nothing.`,
  ]);
}
