import { chapter } from '../explanation.ts';

export const access = chapter(
  {
    title: 'Signing in, roles and tokens',
    form: 'failure',
    look: '`rung token list` shows tokens and their scopes; rung.yaml has the roles.',
    leaves: 'Nothing was changed.',
  },
  {
    'signed-out': {
      kind: 'denied',
      title: 'You are not signed in',
      because: 'There is no session, or it has ended.',
      wayOut: ['On a laptop: `rung open`', 'Programs send a token, made with `rung token create NAME`.'],
    },
    'sign-in-refused': {
      kind: 'denied',
      title: 'The sign-in link does not work',
      because: 'It was used already, is too old, or is not one of this Rung. A link signs in once.',
      wayOut: 'Type `rung open` on the machine that Rung runs on for a new link.',
    },
    'sign-in-links-refused': {
      kind: 'denied',
      title: 'Sign-in links are made on the laptop itself alone',
      because: 'The call came from another machine.',
      wayOut: 'Type `rung open` in a terminal on the machine that Rung runs on.',
    },
    'sign-in-method-unknown': {
      kind: 'invalid',
      title: 'One signs in here by a link',
      because: 'The page asked for signing in through another site, and none is configured.',
      wayOut: 'Type `rung open` in a terminal on the machine that Rung runs on.',
    },
    'sign-in-tries': {
      kind: 'limited',
      title: 'Too many tries to sign in',
      because: 'Many tries in a short time are slowed down, whoever makes them.',
      wayOut: 'Wait as long as the failure says, then try once more with a new link.',
    },
    'sign-in-folder': {
      kind: 'unavailable',
      title: 'The folder of sign-ins cannot be read',
      because: 'Its permissions do not let this user, or a file in it is damaged.',
      leaves: 'Nobody can sign in; what serves is not touched.',
      wayOut: [
        'Mend its permissions.',
        'Or delete it together with the session key beside it: everybody signs in anew.',
      ],
      again: 'Trying again helps once the folder is mended.',
    },
    'session-key-short': {
      kind: 'invalid',
      title: 'The session key is too short',
      because: 'Its file was changed: a key has 32 bytes at least.',
      wayOut: 'Delete the file: a new key is made at the next start, and everybody signs in anew.',
    },
    'token-unknown': {
      kind: 'denied',
      title: 'The token is not known',
      because: 'It was never made here, was cut short, has expired, or was revoked.',
      wayOut: ['Check that nothing cut it short.', 'Make a new one: `rung token create NAME`'],
    },
    'token-foreign': {
      kind: 'denied',
      title: 'The token is for something else',
      because: [
        'A token of a person or of CI is for one project, and another was asked for.',
        'A token of an agent is for one call to one control plane.',
      ],
      wayOut: [
        'Use a token that was made in the project you ask for.',
        'An agent signs a new one for each call by itself; see that it talks to its own control plane.',
      ],
    },
    'token-absent': {
      kind: 'absent',
      title: 'There is no such token',
      because: 'No token of the project has this id, or it was revoked before.',
      wayOut: 'See which there are: `rung token list`',
    },
    'token-lifetime': {
      kind: 'invalid',
      title: 'The token would live too long',
      because: 'A token lives for 366 days at the most.',
      wayOut: 'Ask for a shorter life; 90 days is usual.',
    },
    'scope-missing': {
      kind: 'denied',
      title: 'The token may not do this',
      because: 'What a token may do is said by its scopes when it is made, and this one is not among them.',
      wayOut: 'Make one that has the scope which the failure names: `rung token create NAME --scope SCOPE`',
    },
    'person-needed': {
      kind: 'denied',
      title: 'Only a person may do this',
      because:
        'Approving, rejecting, holding and the like are the word of a person, and the call came with a token.',
      wayOut: 'Sign in and do it in your own name, on the board or in a terminal.',
    },
    'role-unknown': {
      kind: 'denied',
      title: 'The person has no role in the project',
      because: 'No role in the project file names them.',
      wayOut: 'Ask somebody who has a role, or have the person added under `roles` in rung.yaml.',
    },
    'member-unknown': {
      kind: 'denied',
      title: 'Nobody of this name is in a project file',
      because: 'On a laptop its owner can act as any member, and this is none.',
      wayOut: 'Act as one of those that the failure lists.',
    },
    'acting-as-refused': {
      kind: 'denied',
      title: 'Acting as somebody else is refused',
      because: 'It is for a laptop alone: Rung listens on nothing but loopback, and its owner asks.',
      wayOut: 'Sign in as the person who is to do it.',
    },
    'acting-as-needs-loopback': {
      kind: 'denied',
      title: 'Acting as others is on, and others can reach this address',
      because: 'Where other machines can call, it would let anybody be anybody.',
      leaves: 'The control plane did not start.',
      wayOut: 'Listen on 127.0.0.1, or configure an identity provider for people to sign in with.',
    },
  },
);
