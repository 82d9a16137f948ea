import { join } from 'node:path';

/** Where everything lies in the one folder that Rung keeps its data in. */
export interface DataFolder {
  readonly root: string;
  readonly postgres: string;
  /** Keys and tokens of the control plane, for its owner alone. */
  readonly control: string;
  readonly repository: string;
  readonly artifacts: string;
  readonly environments: string;
  readonly builder: string;
  /** Records of running programs, and the address of the board. */
  readonly run: string;
  readonly logs: string;
  /** What `rung up` was asked for; the control plane reads it when it starts. */
  readonly options: string;
}

export const dataFolder = (root: string): DataFolder => ({
  root,
  postgres: join(root, 'postgres'),
  control: join(root, 'control'),
  repository: join(root, 'repository.git'),
  artifacts: join(root, 'artifacts'),
  environments: join(root, 'environments'),
  builder: join(root, 'builder'),
  run: join(root, 'run'),
  logs: join(root, 'logs'),
  options: join(root, 'control', 'options.json'),
});

/** An environment's own folder: its agent's key, sockets, cache and logs. No other environment's room can see it. */
export const environmentFolder = (data: DataFolder, name: string): string => join(data.environments, name);

/** What must not be seen from inside an environment's room. */
export const hiddenFrom = (data: DataFolder): readonly string[] => [
  data.environments,
  data.control,
  data.postgres,
];
