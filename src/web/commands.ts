/** The command line that does the same as what the page does, ready to be pasted into a shell. */
export interface Commands {
  promote(release: string, to: string, reason?: string): string;
  emergency(release: string, to: string, reason?: string): string;
  why(release: string, to: string): string;
  approve(promotion: string, comment?: string, emergency?: boolean): string;
  reject(promotion: string, reason?: string): string;
  remind(promotion: string): string;
  withdraw(promotion: string): string;
  delegate(words: DelegateWords): string;
  endDelegation(id: string, reason?: string): string;
  validate(environment: string, release: string | undefined, note?: string): string;
  rollback(environment: string, ask: RollbackWords): string;
  pause(environment: string, note?: string): string;
  resume(environment: string, note?: string): string;
  advance(environment: string, reason?: string): string;
  takeBack(environment: string, reason?: string): string;
  liftMark(release: string, reason?: string): string;
  except(environment: string, words: ExceptWords): string;
  revokeException(id: string, reason?: string): string;
  askGate(gate: string, release: string, to: string): string;
  waive(gate: string, release: string, to: string, reason?: string): string;
  addEvidence(
    release: string,
    file: string,
    ask?: { readonly name?: string; readonly environment?: string },
  ): string;
  uat(release: string, environment: string, words: UatWords): string;
  tick(checklist: string, release: string, ticks: Ticks): string;
  rollbackPlan(release: string, minutes: string, dataStays: boolean): string;
  readPlan(release: string): string;
  change(verb: 'show' | 'approve' | 'edit', id: string): string;
  rejectChange(id: string, reason?: string): string;
  createChange(release: string, to: string): string;
  approveRules(environment: string, comment?: string): string;
  rejectRules(environment: string, reason?: string): string;
  fireAlarm(environment: string): string;
  log(environment?: string): string;
}

export interface RollbackWords {
  readonly to?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

export interface DelegateWords {
  readonly to: string;
  /** null: not said yet. */
  readonly until: number | null;
  /** Empty: all that one has. */
  readonly roles: readonly string[];
  readonly reason: string;
}

export interface ExceptWords {
  /** null: from now on. */
  readonly from: number | null;
  /** null: not said yet. */
  readonly to: number | null;
  readonly reason: string;
}

export interface UatWords {
  /** null: not said yet. */
  readonly accepted: boolean | null;
  readonly scenarios: readonly { readonly title: string; readonly passed: boolean }[];
  readonly testers: readonly string[];
  readonly note: string;
}

export interface Ticks {
  readonly done: readonly string[];
  readonly undone: readonly string[];
}

type Word = string | undefined | false | readonly (string | undefined)[];

/** `as`: whom one acts as on a laptop; the command says so too. */
export function commandsFor(as: string | null): Commands {
  const rung = (...words: readonly Word[]): string =>
    ['rung', ...words.flat(), ...(as === null ? [] : ['--as', as])]
      .filter((word) => typeof word === 'string')
      .map(quoted)
      .join(' ');
  const why = (reason: string | undefined): readonly string[] => ['--reason', blankAsDots(reason)];
  const note = (text: string | undefined): readonly string[] => ['--note', blankAsDots(text)];
  return {
    promote: (release, to, reason) => rung('promote', release, '--to', to, given('--reason', reason)),
    emergency: (release, to, reason) => rung('promote', release, '--to', to, '--emergency', why(reason)),
    why: (release, to) => rung('why', release, '--to', to),
    approve: (promotion, comment, emergency) =>
      rung('approve', promotion, emergency === true ? '--emergency' : false, given('--comment', comment)),
    reject: (promotion, reason) => rung('reject', promotion, why(reason)),
    remind: (promotion) => rung('remind', promotion),
    delegate: ({ to, until, roles, reason }) =>
      rung(
        'delegate',
        '--to',
        blankAsDots(to),
        '--until',
        momentOrDots(until),
        roles.flatMap((one) => ['--role', one]),
        why(reason),
      ),
    endDelegation: (id, reason) => rung('delegation', 'end', id, why(reason)),
    withdraw: (promotion) => rung('withdraw', promotion),
    validate: (environment, release, text) =>
      rung('validate', environment, given('--release', release), given('--note', text)),
    rollback: (environment, { to, services, reason }) =>
      rung(
        'rollback',
        environment,
        given('--to', to),
        services?.flatMap((one) => ['--service', one]),
        why(reason),
      ),
    pause: (environment, text) => rung('pause', environment, note(text)),
    resume: (environment, text) => rung('resume', environment, note(text)),
    advance: (environment, reason) => rung('advance', environment, why(reason)),
    takeBack: (environment, reason) => rung('abort', environment, why(reason)),
    liftMark: (release, reason) => rung('release', 'lift-mark', release, why(reason)),
    except: (environment, { from, to, reason }) =>
      rung(
        'window',
        'except',
        environment,
        from !== null && ['--from', momentOrDots(from)],
        '--to',
        momentOrDots(to),
        why(reason),
      ),
    revokeException: (id, reason) => rung('window', 'revoke', id, why(reason)),
    askGate: (gate, release, to) => rung('gate', 'ask', gate, release, '--to', to),
    waive: (gate, release, to, reason) => rung('waive', gate, release, '--to', to, why(reason)),
    addEvidence: (release, file, ask = {}) =>
      rung(
        'evidence',
        'add',
        file === '' ? '…' : file,
        '--release',
        release,
        given('--name', ask.name),
        given('--in', ask.environment),
      ),
    uat: (release, environment, { accepted, scenarios, testers, note: text }) =>
      rung(
        'uat',
        release,
        '--in',
        environment,
        accepted === null ? '…' : accepted ? '--accept' : '--reject',
        scenarios.flatMap(({ title, passed }) => ['--scenario', `${title}=${passed ? 'passed' : 'failed'}`]),
        testers.flatMap((one) => ['--tester', one]),
        given('--note', text),
      ),
    tick: (checklist, release, { done, undone }) =>
      rung(
        'checklist',
        checklist,
        release,
        done.flatMap((item) => ['--done', item]),
        undone.flatMap((item) => ['--undone', item]),
      ),
    rollbackPlan: (release, minutes, dataStays) =>
      rung(
        'rollback-plan',
        release,
        '--steps',
        'FILE',
        '--minutes',
        minutes,
        dataStays && '--data-stays-readable',
      ),
    readPlan: (release) => rung('rollback-plan', release, '--read'),
    change: (verb, id) => rung('change-request', verb, id),
    rejectChange: (id, reason) => rung('change-request', 'reject', id, why(reason)),
    approveRules: (environment, comment) =>
      rung('rules', 'approve', environment, given('--comment', comment)),
    rejectRules: (environment, reason) => rung('rules', 'reject', environment, why(reason)),
    createChange: (release, to) => rung('change-request', 'create', release, '--to', to, '…'),
    fireAlarm: (environment) => rung('alarm', 'fire', '…', '--in', environment),
    log: (environment) => rung('log', given('--environment', environment)),
  };
}

const given = (flag: string, value: string | undefined): readonly string[] =>
  value === undefined || value.trim() === '' ? [] : [flag, value.trim()];

const blankAsDots = (text: string | undefined): string =>
  text === undefined || text.trim() === '' ? '…' : text.trim();

/** In UTC, so that it means the same wherever it is pasted: `2026-12-22T10:00Z`. */
const momentOrDots = (at: number | null): string =>
  at === null ? '…' : `${new Date(at).toISOString().slice(0, 16)}Z`;

/** POSIX shell quoting: nothing but what is surely harmless stands bare. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
