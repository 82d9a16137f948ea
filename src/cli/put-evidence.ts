import { failureOfAnswer } from '../client/index.ts';
import { Failure } from '../domain/failure.ts';
import type { AddEvidence } from '../lifecycle/face.ts';
import type { Place } from './find/place.ts';
import type { EvidenceView } from './rung-client.ts';

/** Sends a file as it is. The typed client knows no bodies but JSON. */
export async function putEvidence(
  place: Place,
  project: string,
  ask: AddEvidence,
  bytes: Blob,
): Promise<EvidenceView> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(ask)) if (typeof value === 'string') query.set(name, value);
  const url = `${place.url}/api/v1/projects/${encodeURIComponent(project)}/evidence/file?${query.toString()}`;
  const answer = await fetch(url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      ...(place.token === null ? {} : { authorization: `Bearer ${place.token}` }),
      ...(place.actAs === null ? {} : { 'rung-act-as': place.actAs }),
    },
    body: bytes,
  }).catch((cause: unknown) => {
    throw new Failure('unavailable', 'rung-unreachable', `Rung does not answer at ${place.url}.`, {
      wayOut: 'Check that it runs (`rung up`) and that the address is right.',
      cause,
    });
  });
  if (!answer.ok) throw await failureOfAnswer(answer);
  return (await answer.json()) as EvidenceView;
}
