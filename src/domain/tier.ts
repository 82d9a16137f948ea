import type { Tier } from './project-file/types.ts';

/**
 * Where users, or what users will get, would be hit: there the project's own freezes hold, and rules are weakened by
 * the environment's approvers alone.
 */
export const isProtectedTier = (tier: Tier): boolean => tier === 'staging' || tier === 'production';
