import { type Static, Type } from 'typebox';
import type { EventView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import type { Same } from './same.ts';
import { count, environmentName, facts, instantMs, nullable, ref, text } from './shapes.ts';

export const event = Type.Object(
  {
    position: count,
    at: instantMs,
    kind: text,
    actor: ref(actor),
    environment: nullable(environmentName),
    subject: text,
    message: text,
    payload: nullable(facts),
  },
  { $id: 'Event', description: 'One entry of the log. The position is its place in the chain' },
);
true satisfies Same<Static<typeof event>, EventView>;
