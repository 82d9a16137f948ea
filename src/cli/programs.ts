import type { Problem } from '../domain/failure.ts';
import type { Digest, Instant } from '../domain/ids.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { Simulator } from '../simulate/index.ts';

/** A stream that lines are written to, or a file as it is. */
export interface Output {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

export interface UpAsk {
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute path of the project file. */
  readonly file: string;
  /** The board's port; a free one where it is not given. */
  readonly port: number | undefined;
  /** How many control planes share the work, and survive each other. */
  readonly replicas: number;
  readonly json: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by Ctrl-C: stop everything and return. */
  readonly signal: AbortSignal;
}

export interface DownAsk {
  readonly dataFolder: string;
  /** Also delete the database, artifacts, keys and everything else in the data folder. */
  readonly removeData: boolean;
}

export interface RunningProgram {
  /** For example `prod agent`. */
  readonly name: string;
  readonly pid: number;
}

export interface FoundFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** Of package.json files only. */
  readonly text?: string;
}

export interface StarterAsk {
  readonly projectName: string;
  /** The package.json and package-lock.json files that were found. */
  readonly files: readonly FoundFile[];
}

export interface AgentPublicKeys {
  /** Ed25519, raw public key, base64url. */
  readonly signing: string;
  /** X25519, raw public key, base64url. */
  readonly sealing: string;
}

export interface BackupAsk {
  readonly dataFolder: string;
  /** Absolute; written whole or not at all, and never over another. */
  readonly file: string;
  /** Absolute: holds the key that seals keys, and is made where it is missing. null: the keys are left out. */
  readonly keyFile: string | null;
}

/** Where a project's log stood. */
export interface LogPosition {
  readonly project: string;
  readonly name: string;
  readonly position: number;
}

export interface BackedUp {
  readonly file: string;
  readonly bytes: number;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly chains: readonly LogPosition[];
  readonly keyFile: string | null;
  readonly isNewKey: boolean;
}

export interface RestoreAsk {
  readonly file: string;
  readonly dataFolder: string;
  /** null: without the keys, though they may be in it. */
  readonly keyFile: string | null;
  /** Move aside what is in the data folder, and remove what is in the database. */
  readonly replace: boolean;
  readonly onStep: (step: string) => void;
}

export interface Restored {
  readonly dataFolder: string;
  readonly takenAt: string;
  readonly chains: readonly LogPosition[];
  /** How far agents that live in the data folder vouched for the log beyond the backup. */
  readonly lost: readonly { readonly environment: string; readonly position: number }[];
  readonly held: number;
  readonly withdrawn: number;
  /** Where what was there before lies now; null: nothing was. */
  readonly movedTo: string | null;
  readonly hasKeys: boolean;
}

/**
 * The verbs that start, stop and reach programs on this machine. The command line is handed them, so that it
 * imports neither the supervisor nor a provider. All throw `Failure`.
 */
export interface Programs {
  /** The version of Rung itself. */
  readonly version: string;
  /** Reads and checks a project file. Throws invalid `project-file-invalid` with every problem and its place. */
  checkProjectFile(
    bytes: Uint8Array,
    name: string,
    now: Instant,
  ): Promise<{
    readonly file: ProjectFile;
    readonly digest: Digest;
    /** What a person should know of it as of now, though it is right. */
    readonly hints: readonly Problem[];
  }>;
  /** Plays scenarios by a project file, in virtual time. Throws as `checkProjectFile` does. */
  simulator(bytes: Uint8Array, name: string): Promise<Simulator>;
  /** The text of a first project file for what was found. */
  starterFile(ask: StarterAsk): Promise<string>;
  /** Runs until the signal is aborted or all is over. */
  up(ask: UpAsk): Promise<void>;
  /** What `down` would end; empty where nothing runs. */
  running(dataFolder: string): Promise<readonly RunningProgram[]>;
  /** Ends everything that runs from this data folder, and answers with what it ended. */
  down(ask: DownAsk): Promise<readonly RunningProgram[]>;
  /**
   * Makes new keys for an environment's agent on this machine, calls `announce` with the public ones, and when that
   * worked puts them in place and restarts the agent. The old keys stay in place when it did not.
   */
  replaceAgentKey(
    ask: { readonly dataFolder: string; readonly environment: string },
    announce: (keys: AgentPublicKeys) => Promise<void>,
  ): Promise<AgentPublicKeys>;
  /** The public keys that an environment's agent on this machine uses now. */
  agentKeys(ask: { readonly dataFolder: string; readonly environment: string }): Promise<AgentPublicKeys>;
  /** One file with everything the control plane needs to go on elsewhere, as it is now. Works while all runs. */
  backUp(ask: BackupAsk): Promise<BackedUp>;
  /** Verifies all of a backup, then makes a data folder of it that `rung up` goes on from. */
  restore(ask: RestoreAsk): Promise<Restored>;
  /** The heads that the agents pushed into the repository, one JSON object a line; '' where none was pushed yet. */
  auditHeads(dataFolder: string): Promise<string>;
  /** Opens a link in the person's browser; false where there is none. Never through a shell. */
  openInBrowser(link: string): Promise<boolean>;
}
