import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { TokenPlace } from '../domain/project-file/types.ts';
import type { ReadToken } from '../ports/alarms.ts';
import type { DataFolder } from './data-folder.ts';
import { readOwn } from './files.ts';

/**
 * Reads the tokens that alarms are asked for with. A project file only names them, and can name no others: a variable has
 * its own prefix, a file its own folder, so that no change of the file sends another secret anywhere.
 */
export const alarmTokens =
  (data: DataFolder, environment: NodeJS.ProcessEnv): ReadToken =>
  async (place) => {
    const found =
      'env' in place ? environment[place.env] : await readOwn(join(data.control, 'alarm-tokens', place.file));
    const token = found?.trim() ?? '';
    if (token !== '') return token;
    throw new Failure('absent', 'alarm-token-absent', `there is no token in ${placeText(place)}.`, {
      wayOut: 'Put it there on the machine of the control plane; it is read anew with each look.',
    });
  };

const placeText = (place: TokenPlace): string =>
  'env' in place ? `the variable ${place.env}` : `control/alarm-tokens/${place.file}`;
