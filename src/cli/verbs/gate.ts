import { actorName } from '../../domain/actor.ts';
import type { QuestionPhase } from '../../domain/question.ts';
import type { QuestionView } from '../../lifecycle/question-face.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import type { Look } from '../render/look.ts';
import { nextPageLines } from '../render/next-page.ts';
import { whyLines } from '../render/promotion.ts';
import { ago } from '../render/time.ts';
import { wrap } from '../render/width.ts';

export interface AskFlags extends ConnectionFlags {
  readonly to: string;
}

export async function ask(cli: Cli, flags: AskFlags, gate: string, release: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.askGate(release, { to: flags.to, gate }), (why, look) => [
    `${look.style.good('✓')} ${gate} is asked about ${why.release.version} for ${why.environment}.`,
    ...whyLines(why, look),
  ]);
}

export interface AskedFlags extends ConnectionFlags {
  readonly release?: string;
  readonly to?: string;
  readonly state?: QuestionPhase;
  readonly limit: number;
  readonly after?: string;
}

export async function asked(cli: Cli, flags: AskedFlags): Promise<void> {
  const client = await connected(cli, flags);
  const { release, to: environment, state, limit, after } = flags;
  const narrowed = { '--release': release, '--to': environment, '--state': state, '--limit': limit };
  const page = await client.questions({ release, environment, state, limit, after });
  cli.answer(flags, page, (view, look) => [
    ...(view.items.length === 0 ? ['No program was asked anything.'] : []),
    ...view.items.flatMap((one) => questionLines(one, look)),
    ...nextPageLines('rung gate asked', narrowed, view, look),
  ]);
}

function questionLines(
  { gate, environment, release, askedBy, askedAt, state, says }: QuestionView,
  look: Look,
): readonly string[] {
  const who = look.style.faint(`asked by ${actorName(askedBy)} ${ago(askedAt, look)}, ${state}`);
  return [
    `${look.style.strong(gate)}  ${release.version} for ${environment}  ${who}`,
    ...wrap(says, look.width - 2).map((line) => `  ${line}`),
  ];
}
