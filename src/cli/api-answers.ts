import { answerOf } from '../client/index.ts';

/** Where everything of a project lies. */
export const root = '/api/v1/projects/{project}';

/** The API's types have no brands on their names and ids; what they describe is the same. */
export const seen = async <View>(call: Promise<{ readonly data?: unknown }>): Promise<View> =>
  (await answerOf(call)) as View;

/** The same of a list. */
export const itemsOf = async <View>(call: Promise<{ readonly data?: unknown }>): Promise<readonly View[]> =>
  (await seen<{ readonly items: readonly View[] }>(call)).items;

type Given<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** Without what is undefined: the API refuses a field that is there and empty. */
export const given = <T extends object>(ask: T): Given<T> =>
  Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== undefined)) as Given<T>;
