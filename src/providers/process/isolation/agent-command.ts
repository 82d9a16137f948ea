import { intoRoomOf } from './commands.ts';
import { type RoomPlace, ensureRoom } from './ensure-room.ts';

/**
 * The command that runs an environment's agent: where there is a room, with the room's users and mounts (so that no
 * other environment's files are there for it), but in the host's network, for it opens the host's ports. Makes the
 * room when there is none; to be asked anew before each start.
 */
export async function agentCommand(place: RoomPlace, program: readonly string[]): Promise<readonly string[]> {
  const room = await ensureRoom(place);
  return [...(await intoRoomOf(room.pid, ['user', 'mnt'])), ...program];
}
