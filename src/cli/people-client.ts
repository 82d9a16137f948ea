import type { Client } from '../client/index.ts';
import { given, itemsOf, root, seen } from './api-answers.ts';
import type { PeopleClient } from './rung-client.ts';

/** Who stands in for whom, and asking once more, over HTTP. */
export function peopleOf(client: Client, project: string): PeopleClient {
  const path = { project };
  return {
    delegate: (ask) => seen(client.POST(`${root}/delegations`, { params: { path }, body: given(ask) })),
    delegations: () => itemsOf(client.GET(`${root}/delegations`, { params: { path } })),
    revokeDelegation: (id, reason) =>
      seen(
        client.POST(`${root}/delegations/{id}/revoke`, {
          params: { path: { project, id } },
          body: { reason },
        }),
      ),
    remind: (id) =>
      seen(client.POST(`${root}/promotions/{id}/remind`, { params: { path: { project, id } } })),
  };
}
