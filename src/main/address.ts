import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { DataFolder } from './data-folder.ts';
import { readOwn } from './files.ts';

/** Where people's side of the control plane listens. */
export interface Address {
  readonly url: string;
  readonly project: string;
  readonly pid: number;
}

/** Throws unavailable `rung-down` when no control plane has said where it is. */
export async function readAddress(data: DataFolder): Promise<Address> {
  const text = await readOwn(join(data.run, 'address.json'));
  if (text !== null) return JSON.parse(text) as Address;
  throw new Failure('unavailable', 'rung-down', `No control plane runs from ${data.root}.`, {
    wayOut: 'Start it with rung up.',
  });
}
