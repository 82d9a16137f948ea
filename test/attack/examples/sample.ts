import type { ProjectId } from '../../../src/domain/ids.ts';
import type { Scene } from '../scene.ts';

export interface Sample {
  /** Below the project, unless it starts with `//`: then from the root. */
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: string;
}

/** Makes what the call needs, in the name of people who may, and says what is called. */
export type Example = (scene: Scene) => Sample | Promise<Sample>;

export const minuteMs = 60_000;

export const pathOf = ({ path }: Sample, project: ProjectId): string =>
  path.startsWith('//') ? path.slice(1) : `/api/v1/projects/${project}${path}`;

/** Makes the call, with these headers besides. */
export function callSample(
  address: string,
  project: ProjectId,
  method: string,
  sample: Sample,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const { bytes, body } = sample;
  const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = bytes === undefined ? 'application/json' : 'application/octet-stream';
  return fetch(`${address}${pathOf(sample, project)}`, {
    method,
    headers: { ...headers, ...(sent === undefined ? {} : { 'content-type': type }) },
    ...(sent === undefined ? {} : { body: sent }),
  });
}
