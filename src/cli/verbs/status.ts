import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { wholeBoard } from '../find/whole-board.ts';
import { elsewhereLines, restLines } from '../render/board-page.ts';
import { boardTitle, ladderLines } from '../render/ladder.ts';

export interface StatusFlags extends ConnectionFlags {
  readonly environment?: string;
  readonly search?: string;
  readonly after?: string;
  readonly all?: boolean;
}

export default async function status(cli: Cli, flags: StatusFlags): Promise<void> {
  const client = await connected(cli, flags);
  const { environment, search, after } = flags;
  const query = { environment, search, after };
  const found = flags.all === true ? await wholeBoard(client, query) : await client.board(query);
  cli.answer(flags, found, (board, look) => {
    const then = { ...look, now: board.now };
    return [
      boardTitle(board, then),
      '',
      ...ladderLines(board, then),
      ...elsewhereLines(board, then),
      ...restLines(board, query, then),
    ];
  });
}
