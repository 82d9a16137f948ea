/**
 * Identity. Project, environment, agent, signing key and sealing key are five things, each with a name of its
 * own in the type system: a value of one is never accepted where another is meant.
 */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUIDv7. Outlives the project's name. */
export type ProjectId = Branded<string, 'ProjectId'>;
/** UUIDv7. Outlives the environment's name, which can be used again. */
export type EnvironmentId = Branded<string, 'EnvironmentId'>;
/** UUIDv7. One agent can serve many environments. */
export type AgentId = Branded<string, 'AgentId'>;
/** `sha256:` and 64 hex digits, over the canonical JSON of the release's manifest. */
export type ReleaseId = Branded<string, 'ReleaseId'>;
/** `sha256:` and 64 hex digits, over bytes. */
export type Digest = Branded<string, 'Digest'>;
/** UUIDv7. */
export type PromotionId = Branded<string, 'PromotionId'>;
/** UUIDv7. */
export type RolloutId = Branded<string, 'RolloutId'>;
/** UUIDv7. */
export type EventId = Branded<string, 'EventId'>;

/** A name from the project file: lower case letters, digits and hyphens, 40 at most. */
export type ServiceName = Branded<string, 'ServiceName'>;
export type EnvironmentName = Branded<string, 'EnvironmentName'>;
export type RoleName = Branded<string, 'RoleName'>;

/** A person, as the project file names them (an e-mail address), or a program. */
export type ActorId = Branded<string, 'ActorId'>;

/** Milliseconds since the epoch. The only form in which the domain knows a moment. */
export type Instant = Branded<number, 'Instant'>;

export const instant = (ms: number): Instant => ms as Instant;
export const later = (from: Instant, ms: number): Instant => (from + ms) as Instant;
