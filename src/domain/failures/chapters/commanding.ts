import { chapter } from '../explanation.ts';

export const commanding = chapter(
  {
    title: 'The command line',
    form: 'failure',
    look: 'The help of each command: `rung promote --help` and the like.',
    leaves: 'Nothing was changed.',
  },
  {
    usage: {
      kind: 'invalid',
      title: 'The command was not understood',
      because: 'A flag or an argument is unknown, missing or of the wrong form.',
      wayOut: 'Look at the help of the command, which has an example: add `--help`.',
    },
    'confirmation-needed': {
      kind: 'invalid',
      title: 'Nobody is there to be asked',
      because: 'The command asks before it acts, and there is no terminal to ask at.',
      wayOut: ['Look first, with `--dry-run` where the command has it.', 'Then say `--yes`.'],
    },
    'not-confirmed': {
      kind: 'interrupted',
      title: 'You did not say yes',
      because: 'The question was answered with no, or with nothing.',
      leaves: 'Nothing was done.',
      wayOut: 'Nothing to do; type the command again if you want it after all.',
    },
    interrupted: {
      kind: 'interrupted',
      title: 'It was stopped',
      because: 'Ctrl-C was pressed, or the program that asked ended.',
      leaves: 'What the control plane was asked for before may have been done; rollouts go on by themselves.',
      wayOut: 'See with `rung status` how things are.',
    },
    stopped: {
      kind: 'interrupted',
      title: 'Following the log was stopped',
      because: 'Ctrl-C was pressed, or the program that asked ended.',
      leaves: 'Only the showing of it ended.',
      wayOut: 'Nothing to do; `rung log` shows it again.',
    },
    'watch-stopped': {
      kind: 'interrupted',
      title: 'Watching was stopped',
      because: 'Ctrl-C was pressed, or the program that asked ended.',
      leaves: 'The rollout itself goes on.',
      wayOut: 'Watch it again with `rung watch ENVIRONMENT`.',
    },
    unexpected: {
      kind: 'defect',
      title: 'Something went wrong in the command line itself',
      because: 'A fault in Rung.',
      leaves:
        'What was asked of the control plane before may have been done; `rung status` says how things are.',
      wayOut: 'Please report it, with what the same command prints with RUNG_DEBUG=1.',
    },
    'explanation-unknown': {
      kind: 'absent',
      title: 'There is no explanation of this code',
      because: 'It is mistyped, or comes from another version of Rung or from another program.',
      wayOut: 'Take the code that is proposed, or see all of them with `rung explain`.',
    },
    'shell-unknown': {
      kind: 'invalid',
      title: 'There is no completion for this shell',
      because: 'There is one for bash, zsh and fish.',
      wayOut: 'Name one of these: `rung completion bash`',
    },
    'url-invalid': {
      kind: 'invalid',
      title: 'This is no address of a control plane',
      because: 'It is not an http or https address.',
      wayOut: 'Write it like https://rung.example.org or http://127.0.0.1:4100.',
    },
    'url-unsafe': {
      kind: 'invalid',
      title: 'A token would have left this machine unprotected',
      because: 'The address is not https, or has a password in it.',
      leaves: 'Nothing was sent.',
      wayOut: 'Use the https address, and give the token with RUNG_TOKEN or `--token-file`.',
    },
    'address-unusable': {
      kind: 'invalid',
      title: 'The file with the address names none on this machine',
      because: 'It was changed, or left by something else.',
      wayOut: 'Start Rung again with `rung up`; for a control plane elsewhere use `--url`.',
    },
    'file-unknown': {
      kind: 'absent',
      title: 'There is no such file',
      because: ['The path is wrong.', 'In a commit: the file is not committed, or is a link.'],
      wayOut: 'Check the path. What is read from a commit has to be committed as a plain file.',
    },
    'file-is-folder': {
      kind: 'invalid',
      title: 'A folder was named where a file belongs',
      because: 'The path leads to a folder.',
      wayOut: 'Name a file in it.',
    },
    'file-unreadable': {
      kind: ['denied', 'absent'],
      title: 'The file cannot be used',
      because: 'It is not there, or its rights do not let this user.',
      wayOut: 'Check the path, and who owns the file and may read and write it.',
    },
    'file-too-large': {
      kind: ['invalid', 'limited'],
      title: 'The file is larger than is read',
      because: 'It is probably not the one that is meant.',
      wayOut: 'Check that it is the right file, or make it smaller.',
      again: 'Trying the same again does not help.',
    },
    'key-malformed': {
      kind: 'invalid',
      title: 'This is no key',
      because: 'A key is 32 bytes in base64url: 43 characters.',
      wayOut: 'Give the key exactly as it was printed, without spaces.',
    },
    'keys-malformed': {
      kind: 'invalid',
      title: 'The file does not hold pinned keys',
      because: 'It is another file, or was changed by hand.',
      wayOut: 'Take the file as it was committed: it lists keys under `control-plane` and under `agents`.',
    },
    'moment-invalid': {
      kind: 'invalid',
      title: 'This is no moment',
      because: 'A day or an hour that there is not, or one without its zone.',
      wayOut: 'Write what the failure proposes: a time with its zone.',
    },
  },
);
