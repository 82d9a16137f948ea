import type { Actor } from '../../../domain/actor.ts';
import type { ChangeRequest } from '../../../domain/change-request.ts';
import type { EventKind } from '../../../domain/event.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Transaction } from '../../../engine/store.ts';

/** Appends what happened to a change request, with what whoever is notified of it has to know. */
export const tellOfChange = (
  tx: Transaction,
  change: ChangeRequest,
  kind: Extract<EventKind, `change-request.${string}`>,
  actor: Actor,
  at: Instant,
  told: { readonly message: string; readonly payload: Readonly<Record<string, unknown>> },
): Promise<void> =>
  tx.append([
    {
      project: change.project,
      kind,
      at,
      actor,
      environment: change.environment,
      subject: `change-request/${change.id}`,
      message: told.message,
      payload: {
        change: change.id,
        release: change.release,
        version: change.version,
        tree: change.tree,
        ...change.form,
        ...told.payload,
      },
    },
  ]);
