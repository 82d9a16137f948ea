import { chapter } from '../explanation.ts';

export const declaring = chapter(
  {
    title: 'The project file',
    form: 'failure',
    look: '`rung check` names every problem with its line and what to write instead.',
    leaves: 'Nothing was changed: the file that was accepted before stays in force.',
  },
  {
    'project-file-absent': {
      kind: 'absent',
      title: 'There is no rung.yaml',
      because: 'None is in this folder, or where `--file` says, or beside the scenario.',
      wayOut: 'Write one with `rung init`, or name it with `--file`.',
    },
    'project-file-invalid': {
      kind: 'invalid',
      title: 'Something in rung.yaml is wrong',
      because:
        'A word is unknown, a value is of another type, or names do not fit together; each problem is listed.',
      wayOut: 'Correct what is listed, then `rung check` again.',
    },
    'project-file-exists': {
      kind: 'conflict',
      title: 'There is a rung.yaml already',
      because: '`rung init` writes over nothing.',
      wayOut: 'Change the one that is there; `rung check` says whether it is right.',
    },
    'project-file-too-large': {
      kind: 'invalid',
      title: 'rung.yaml has more than 1 MiB',
      because: 'It is probably another file.',
      wayOut: 'Check that it is the right one. A project file has a few hundred lines.',
    },
    'project-file-empty': {
      kind: 'invalid',
      title: 'rung.yaml is empty',
      because: 'There is nothing in it but white space.',
      wayOut: 'Let `rung init` write one into an empty folder, and begin with that.',
    },
    'project-file-encoding': {
      kind: 'invalid',
      title: 'rung.yaml is not UTF-8',
      because: 'An editor has saved it in another encoding.',
      wayOut: 'Save it as UTF-8 in your editor.',
    },
    'project-file-unreadable': {
      kind: 'invalid',
      title: 'rung.yaml cannot be read',
      because: 'It is a folder, or its rights do not let this user.',
      wayOut: 'Make it a file that this user may read.',
    },
    'project-undeclared': {
      kind: 'absent',
      title: 'No project file was accepted yet',
      because: 'The control plane has not been started beside a rung.yaml.',
      wayOut: 'Start with `rung up` beside one; `rung init` writes it.',
    },
    'project-unknown': {
      kind: 'absent',
      title: 'There is no such project',
      because: 'None has this name or id, or there is none here yet.',
      wayOut: 'Name another with `--project` or RUNG_PROJECT, or start `rung up` beside a rung.yaml.',
    },
    'project-ambiguous': {
      kind: 'invalid',
      title: 'There are several projects here',
      because: 'The control plane has more than one, and none was named.',
      wayOut: 'Name one with `--project` or RUNG_PROJECT.',
    },
    'environment-unknown': {
      kind: 'absent',
      title: 'There is no such environment',
      because: 'The project file in force declares none of this name.',
      wayOut: 'Take one that the failure lists, or declare it in rung.yaml and start `rung up` again.',
    },
    'rules-missing': {
      kind: 'defect',
      title: 'The rules in force for an environment are not in the store',
      because: 'The record was lost; this should never be.',
      leaves: 'Nothing is promoted there until it is back; what serves is not touched.',
      wayOut: 'Start again with `rung up`: it accepts the project file anew. Then report it.',
    },
    'scenario-absent': {
      kind: 'absent',
      title: 'There is no scenario there',
      because: 'The folder has no file that is one.',
      wayOut: 'Write one, or name another folder: `rung simulate SCENARIO`',
    },
    'scenario-invalid': {
      kind: 'invalid',
      title: 'Something in the scenario is wrong',
      because:
        'A word is unknown, a value is of another type, or it does not fit the project file; each problem is listed.',
      wayOut: 'Correct what is listed, then simulate it again: `rung simulate SCENARIO`',
    },
    'scenario-too-large': {
      kind: 'invalid',
      title: 'The scenario has more than 1 MiB',
      because: 'It is probably another file; a scenario has a few dozen lines.',
      wayOut: 'Check that it is the right one.',
    },
    'scenario-empty': {
      kind: 'invalid',
      title: 'The scenario is empty',
      because: 'There is nothing in it but white space.',
      wayOut: 'Begin with one of those that come with the examples.',
    },
    'scenario-encoding': {
      kind: 'invalid',
      title: 'The scenario is not UTF-8',
      because: 'An editor has saved it in another encoding.',
      wayOut: 'Save it as UTF-8 in your editor.',
    },
    'scenarios-too-many': {
      kind: 'limited',
      title: 'Too many scenarios at once',
      because: 'Their number is limited.',
      wayOut: 'Simulate fewer at a time: `rung simulate SCENARIO`',
      again: 'Trying the same again does not help.',
    },
    'expectation-missed': {
      kind: 'conflict',
      title: 'A scenario did not end as it expects',
      because: 'With these rules it goes another way; the timeline shows which.',
      look: 'The timeline that `rung simulate SCENARIO` prints shows where it turned.',
      wayOut: 'Change the rules in rung.yaml, or what the scenario expects of them.',
    },
    'nothing-to-replay': {
      kind: 'conflict',
      title: 'There is nothing to replay',
      because: 'The rollout, or the rules that it is to be replayed by, has no canary to judge.',
      look: '`rung explain ROLLOUT` says how that one went in.',
      wayOut: 'Choose a rollout that went in by canary, and rules that have one.',
    },
    'recording-incomplete': {
      kind: 'conflict',
      title: 'The rollout was not recorded sample by sample, or is not any more',
      because: [
        'The events of the rollout do not say at which sample each decision fell: a Rung before this version wrote them.',
        'The payloads of its events have expired, as `audit` in rung.yaml asks.',
      ],
      look: '`rung explain ROLLOUT` says how that one went in, by what its events do say.',
      leaves: 'Nothing was replayed, and nothing was changed.',
      wayOut: 'Replay one that began later; `rung log --environment ENVIRONMENT` lists them.',
      again: 'What was not recorded does not come back.',
    },
  },
);
