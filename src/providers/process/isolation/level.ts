import type { Isolation } from '../../../ports/runtime.ts';

const details: Record<Isolation['level'], string> = {
  namespaces:
    'network, mount and user namespaces of its own: no process here reaches another environment’s services or sees its files',
  none: 'no isolation: any process here can read any environment’s key',
};

/** What is said to people of how far this environment is kept apart. */
export const isolationOf = (level: Isolation['level']): Isolation => ({ level, detail: details[level] });
