/** Made by `scripts/generate-cli-reference.ts` from the commands themselves; do not edit it by hand. */
export const listedCommands: readonly {
  readonly title: string;
  readonly commands: Readonly<Record<string, string>>;
}[] = [
  {
    title: 'Begin',
    commands: {
      init: 'Write a first rung.yaml for this folder',
      check: 'Say whether a project file is right, and what is wrong with it',
      simulate: 'Try the rules on scenarios, in virtual time',
      up: 'Start everything on this machine, and stay until Ctrl-C',
      down: 'End everything that runs from the data folder',
      open: 'Open the board in the browser',
    },
  },
  {
    title: 'Look',
    commands: {
      status: 'Show the ladder: what runs where, and what is in the way',
      why: 'Say everything that keeps a release out of an environment',
      watch: 'Watch a rollout live, until it is over',
      log: 'Print what happened, oldest first',
      release: 'List and show releases; lift the mark of one that was taken back',
    },
  },
  {
    title: 'Move',
    commands: {
      promote: 'Ask for a release to go into an environment',
      approve: 'Approve a promotion that waits',
      reject: 'Reject a promotion that waits',
      remind: 'Ask again for the approvals that are missing',
      withdraw: 'Take back your own request for a promotion',
      delegate: 'Let somebody approve in your name while you are away',
      delegation: 'Who stands in for whom',
    },
  },
  {
    title: 'Open gates',
    commands: {
      evidence: 'Hand over and look at what opens gates',
      gate: 'Ask what a gate of your own waits for, and see what was asked',
      validate: 'Say that what runs in an environment is good',
      uat: 'Sign off what users found when they tried a release',
      checklist: 'Tick off a checklist, or show how it stands',
      'rollback-plan': 'Write, read and show how a release would be taken back',
      'change-request': 'Ask for a change, have it approved, see how it went',
      waive: 'Let a gate pass without what it asks for',
      window: 'Windows, freezes, and exceptions from them',
      alarm: 'Say and see which alarms there are',
    },
  },
  {
    title: 'Take care of a rollout',
    commands: {
      pause: 'Hold a rollout where it is',
      resume: 'Let a held rollout go on',
      advance: 'Let a held rollout go on although its evidence is thin',
      abort: 'End a rollout and take the release back',
      rollback: 'Go back to the version before, or to one that you name',
    },
  },
  {
    title: 'Trust',
    commands: {
      rules: 'See and change the rules in force of environments',
      audit: 'Export the log, and prove an export unaltered',
      token: 'Make, list and revoke tokens for CI',
      agent: 'Replace and revoke agents’ keys',
      backup: 'Put all that the control plane needs to go on into one file',
      restore: 'Make a data folder of a backup, for `rung up` to go on from',
    },
  },
  {
    title: 'More',
    commands: {
      explain: 'Explain a failure, or what happened to a promotion or rollout',
      completion: 'Print what makes a shell complete `rung`',
      version: 'Print the version of Rung',
    },
  },
];
