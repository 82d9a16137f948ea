import type { Registry } from 'prom-client';
import type { ActorId } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { ControlPlane } from '../lifecycle/face.ts';
import type { Identity, LinkIssuer, SignInMemory } from '../ports/identity.ts';
import type { Log } from '../domain/log.ts';
import type { ApiLimits } from './limits.ts';

export interface ApiOptions {
  readonly controlPlane: ControlPlane;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: Identity;
  readonly signInMemory: SignInMemory;
  /** 32 bytes at least, from a file that only its owner reads. The same after a restart, so that sessions live on. */
  readonly sessionKey: Uint8Array;
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Where people reach it when that is not the listener itself, for example `https://rung.example.org`. */
  readonly publicOrigin?: string;
  /** Folder of the built page; null where there is none. */
  readonly webFolder: string | null;
  /** What a laptop allows: acting as any member, and a token in a file. Refused off loopback. */
  readonly laptop: LaptopOptions | null;
  readonly metrics?: Registry;
  /** Rejects while it is not ready to take work. */
  readonly ready?: () => Promise<void>;
  readonly limits?: Partial<ApiLimits>;
}

export interface LaptopOptions {
  /** Whom the machine belongs to; need not be a member. */
  readonly owner: ActorId;
  readonly links: LinkIssuer;
  /** Content of the token file that the command line on this machine reads. */
  readonly token: Uint8Array;
}
