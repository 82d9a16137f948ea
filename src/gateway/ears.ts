import type { Socket } from 'node:net';

type Ears = Readonly<Record<string, (...heard: never[]) => void>>;

/** Listens to a socket in all these ways; disposed, it listens in none of them, and nobody else is disturbed. */
export function listenTo(
  socket: Socket,
  ears: {
    readonly data: (bytes: Buffer) => void;
    readonly drain: () => void;
    readonly end: () => void;
    readonly error: (error: NodeJS.ErrnoException) => void;
    readonly close: () => void;
  },
): Disposable {
  const all = Object.entries(ears as Ears) as [string, (...heard: unknown[]) => void][];
  for (const [event, ear] of all) socket.on(event, ear);
  return {
    [Symbol.dispose]: () => {
      for (const [event, ear] of all) socket.off(event, ear);
    },
  };
}
