import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { DataFolder } from './data-folder.ts';
import { readOwn, writeOwn } from './files.ts';
import { ofReplica } from './replicas.ts';

/** Where people's side of the control plane listens. */
export interface Address {
  readonly url: string;
  readonly project: string;
  readonly pid: number;
}

/** Where a replica of the control plane writes down where it is. */
export const addressFile = (data: DataFolder, replica: number): string =>
  join(data.run, ofReplica('address', replica, '.json'));

export const writeAddress = (data: DataFolder, replica: number, address: Address): Promise<void> =>
  writeOwn(addressFile(data, replica), JSON.stringify(address));

/** Of one replica, the first unless told. Throws unavailable `rung-down` when it has not said where it is. */
export async function readAddress(data: DataFolder, replica = 1): Promise<Address> {
  const text = await readOwn(addressFile(data, replica));
  if (text !== null) return JSON.parse(text) as Address;
  throw new Failure('unavailable', 'rung-down', `No control plane runs from ${data.root}.`, {
    wayOut: 'Start it with rung up.',
  });
}
