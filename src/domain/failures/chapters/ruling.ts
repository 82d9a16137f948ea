import { chapter } from '../explanation.ts';

export const ruling = chapter(
  {
    title: 'Rules in force and emergencies',
    form: 'failure',
    look: '`rung rules show ENVIRONMENT` has what is in force and what waits; `rung why RELEASE --to ENVIRONMENT` the rest.',
    leaves: 'Nothing was changed: the rules in force stay in force.',
  },
  {
    'rules-need-approval': {
      kind: 'denied',
      title: 'The file weakens a protected environment',
      because:
        'It asks for fewer approvers, a gate less, a longer limit or the like. That counts only once the environment’s own approvers have agreed.',
      wayOut: [
        'See what it weakens: `rung rules diff`',
        'Put it before them with `rung rules apply`; they decide with `rung rules approve ENVIRONMENT`.',
      ],
    },
    'rules-not-waiting': {
      kind: 'conflict',
      title: 'No change of the rules waits',
      because: 'It was approved, rejected or replaced by a newer one already, or none was ever asked for.',
      wayOut: 'See what is in force: `rung rules show ENVIRONMENT`',
    },
    'project-other': {
      kind: 'invalid',
      title: 'The file is of another project',
      because: 'Its `project` is not the one that was asked for.',
      wayOut: 'Hand over the file of this project, or name the other with `--project`.',
    },
    'environment-undeclared': {
      kind: 'invalid',
      title: 'The environment is new, and has no agent with keys yet',
      because:
        'An environment comes to exist when its agent has keys, and only the machine that it runs on can make them.',
      wayOut: 'Start `rung up` beside the file: that makes its keys and its agent.',
    },
    'emergency-reason-missing': {
      kind: 'invalid',
      title: 'The emergency has no reason',
      because: 'What goes past the gates is logged and told to people, and stays in the log for ever.',
      wayOut: 'Say why it cannot wait: `rung promote RELEASE --to ENVIRONMENT --emergency --reason TEXT`',
    },
    'emergency-same-person': {
      kind: 'denied',
      title: 'Whoever asked for the emergency may not confirm it',
      because: 'It needs a second person, who looks at what it passes over.',
      leaves: 'It waits for the second person.',
      wayOut: 'Ask somebody whom the failure names: `rung approve ENVIRONMENT --emergency`',
    },
    'delegation-invalid': {
      kind: 'invalid',
      title: 'Nobody can stand in like that',
      because:
        'One hands on roles of one’s own alone, to another member of the project, for 60 days at most. What was delegated to somebody is not theirs to hand on.',
      leaves: 'Nobody stands in for anybody who did not before.',
      wayOut:
        'Correct every problem that the failure names: `rung delegate --to PERSON --until TIME --reason TEXT`',
    },
    'delegation-foreign': {
      kind: 'denied',
      title: 'This delegation is between two others',
      because: 'Whoever is away ends it, or whoever stands in, and nobody else.',
      leaves: 'It stands as before.',
      wayOut: 'Ask one of the two whom the failure names.',
    },
    'delegation-unknown': {
      kind: 'absent',
      title: 'There is no such delegation',
      because: 'The id was mistyped, or is that of something else.',
      leaves: 'Nothing was changed.',
      wayOut: 'See which there are: `rung delegation list`',
    },
    'delegation-over': {
      kind: 'conflict',
      title: 'This delegation is over already',
      because: 'Its time has run out, or one of the two ended it.',
      leaves: 'It is over.',
      wayOut: 'See which ones stand: `rung delegation list`',
    },
    'delegations-too-many': {
      kind: 'conflict',
      title: 'Too many people stand in for others',
      because: 'A hundred delegations that are not over stand in this project.',
      leaves: 'Those that stand stay.',
      wayOut: 'End what is not needed: `rung delegation end ID --reason TEXT`',
    },
    'approvals-complete': {
      kind: 'conflict',
      title: 'No approval is missing',
      because: 'Enough people have approved, or nobody has to.',
      leaves: 'It waits for something else, or starts by itself.',
      wayOut: 'See what it waits for: `rung why RELEASE --to ENVIRONMENT`',
    },
    'emergency-role-missing': {
      kind: 'denied',
      title: 'You may not confirm an emergency here',
      because: 'The step names those who may under `emergency`, and you have none of their roles.',
      leaves: 'It waits for somebody who may.',
      wayOut: 'Ask somebody whom the failure names.',
    },
    'emergency-unsaid': {
      kind: 'conflict',
      title: 'This is an emergency, and was approved as if it were none',
      because:
        'It takes no approvals: it is confirmed as what it is, by one who has seen what it passes over.',
      leaves: 'It waits as before.',
      wayOut: 'Look at what it passes over, then `rung approve ENVIRONMENT --emergency`.',
    },
    'emergency-not-asked': {
      kind: 'conflict',
      title: 'Nobody asked for this as an emergency',
      because: 'It is an ordinary promotion and needs its gates and approvals.',
      leaves: 'It waits as before.',
      wayOut: [
        'Approve it without `--emergency`.',
        'Or ask anew: `rung promote RELEASE --to ENVIRONMENT --emergency --reason TEXT`',
      ],
    },
  },
);
