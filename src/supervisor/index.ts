export { down } from './down.ts';
export { endOnSignals } from './end-on-signals.ts';
export { type Program, databaseUrlFile, folders } from './program.ts';
export { type Supervisor, type SupervisorOptions, createSupervisor } from './supervisor.ts';
export { runningSupervisor } from './supervisor-lock.ts';
