import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { boardTitle, ladderLines } from '../render/ladder.ts';

export default async function status(cli: Cli, flags: ConnectionFlags): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.board(), (board, look) => {
    const then = { ...look, now: board.now };
    return [boardTitle(board, then), '', ...ladderLines(board, then)];
  });
}
