import type { Instant } from '../ids.ts';

/** What can be wrong with an export. The codes are stable. */
export type FindingCode =
  | 'header-unreadable'
  | 'line-unreadable'
  | 'event-changed'
  | 'event-missing'
  | 'event-duplicated'
  | 'event-out-of-order'
  | 'tail-cut-off'
  | 'chain-rewritten'
  | 'signature-wrong'
  | 'key-unpinned'
  | 'head-foreign';

/** One thing that is wrong, and where. Lines start at 1; the header is line 1. */
export interface Finding {
  readonly code: FindingCode;
  readonly position: number | null;
  readonly line: number | null;
  readonly message: string;
}

/** That the control plane was restored, as the log itself says. */
export interface Restoration {
  readonly position: number;
  readonly at: Instant;
  /** When the backup was made (RFC 3339); null: the payload has expired. */
  readonly takenAt: string | null;
  /** The newest position of the log in that backup; null: the payload has expired. */
  readonly backupPosition: number | null;
}

/** What an export was found to be. It is proved unaltered only as far as `countersignedTo`. */
export interface AuditReport {
  /** Nothing was found. Says nothing about what is not covered yet. */
  readonly unaltered: boolean;
  readonly findings: readonly Finding[];
  readonly events: number;
  readonly lastPosition: number;
  /** Events whose payload has expired; the rest of them is proved like any other. */
  readonly expiredPayloads: number;
  /** Where the control plane was brought back from a backup: what was decided before, and not in the backup, is lost there. */
  readonly restorations: readonly Restoration[];
  /** The newest position an agent vouches for, and the newest the control plane signed; 0 when there is none. */
  readonly countersignedTo: number;
  readonly signedTo: number;
  /** Positions no agent vouches for yet: the control plane alone could still rewrite these. */
  readonly uncovered: { readonly from: number; readonly to: number } | null;
}
