import { chapter } from '../explanation.ts';

export const releasing = chapter(
  {
    title: 'Building and releasing',
    form: 'failure',
    look: [
      '`rung log` has a build that failed, with the end of its output.',
      '`rung release list` shows what there is.',
    ],
    leaves: 'No release was made; what serves is not touched.',
  },
  {
    'release-unknown': {
      kind: 'absent',
      title: 'There is no such release',
      because: 'No release has this version or id.',
      wayOut: 'See which there are: `rung release list`',
    },
    'release-unmarked': {
      kind: 'conflict',
      title: 'The release carries no mark',
      because: 'It was never taken back, or somebody has lifted its mark already.',
      wayOut: 'There is nothing to lift. `rung why RELEASE --to ENVIRONMENT` says what else is in its way.',
    },
    'release-marked-anew': {
      kind: 'conflict',
      title: 'The release was taken back once more',
      because:
        'Somebody lifted the mark that you looked at, the release was tried again, and it was taken back again: for something that you have not read.',
      leaves: 'Its mark stays, and automation leaves it alone.',
      wayOut:
        'Read why it was taken back, and lift that mark, if you still want to: `rung release show RELEASE`',
    },
    'release-empty': {
      kind: 'invalid',
      title: 'The release has no service',
      because: 'The call names none.',
      wayOut: 'Name each service and the digest of its artifact.',
    },
    'tree-released': {
      kind: 'conflict',
      title: 'This source tree is a release already',
      because: 'A tree is built once. Another build of it gave other bytes, so the build is not repeatable.',
      wayOut: [
        'Use the release that the failure names.',
        'What has to be built otherwise needs a change in the source.',
      ],
    },
    'tag-elsewhere': {
      kind: 'conflict',
      title: 'The tag of the version stands on another commit',
      because:
        'Somebody set the tag by hand, or it was pushed from elsewhere. A version is one release for ever.',
      look: '`git show-ref --tags` in the repository shows where it stands.',
      wayOut: 'Remove the tag if Rung did not make it; else take the next version.',
    },
    'version-malformed': {
      kind: 'invalid',
      title: 'This is no version',
      because: 'A version is written as in semantic versioning.',
      wayOut: 'Give a version such as 1.4.0.',
    },
    'digest-malformed': {
      kind: 'invalid',
      title: 'This is no digest',
      because: 'A digest is `sha256:` and 64 hex digits.',
      wayOut: 'Give the digest as the release or the upload names it.',
    },
    'build-unknown': {
      kind: 'absent',
      title: 'No build of this tree was ever wanted',
      because: [
        'No branch that an environment takes releases from has come to this tree.',
        'The tree was a release before any branch came to it: what is known is never built again.',
      ],
      look: '`rung release list` shows what is a release; `rung log` says of each push whether it waits for a build.',
      leaves: 'Nothing was claimed, and no artifact was taken.',
      wayOut: [
        'Ask which builds are wanted, and take one of those: `GET /api/v1/projects/PROJECT/builds`',
        'Where the tree should be built, push it to a branch that rung.yaml names under `source`.',
      ],
    },
    'build-claimed': {
      kind: 'conflict',
      title: 'The build is not to be had',
      because: 'Another builder has claimed it, or it has ended.',
      wayOut: 'Take another that is wanted.',
    },
    'build-interrupted': {
      kind: 'interrupted',
      title: 'The build was stopped',
      because: 'The builder was ended while it built.',
      wayOut: 'Nothing to do: the tree is built when a builder is back.',
    },
    'build-command-failed': {
      kind: 'invalid',
      title: 'The build command failed',
      because:
        'It ended with another code than 0, or took too long. It sees none of your variables and no file that is not committed.',
      wayOut: ['Run it in a fresh clone, in the folder of the service.', 'Mend what it says, and push.'],
    },
    'service-folder-missing': {
      kind: 'invalid',
      title: 'The commit has no folder for the service',
      because: '`path` in rung.yaml names a folder that is not in the commit.',
      wayOut: 'Commit the folder, or correct `path`.',
    },
    'artifact-name-taken': {
      kind: 'invalid',
      title: 'The service has a file that Rung writes itself',
      because: 'An archive holds `.rung/service.json`, written by the builder.',
      wayOut: 'Remove that file from the service’s folder.',
    },
    'artifact-folder-moving': {
      kind: 'interrupted',
      title: 'A file changed while it was being packed',
      because: 'The build command ended, and something that it had started still wrote.',
      wayOut: 'Let the build command end only when it has written everything.',
      again: 'Trying again may help, but the cause stays.',
    },
    'artifact-file-unusual': {
      kind: 'invalid',
      title: 'The folder holds what is no file',
      because: 'A pipe, a socket, a device or the like cannot be released.',
      wayOut: 'Remove it from the service’s folder.',
    },
    'artifact-link-leaves': {
      kind: 'invalid',
      title: 'A link leads out of the service’s folder',
      because: 'Only what is in the folder is released, so the link would lead nowhere.',
      wayOut: 'Replace the link by what it leads to.',
    },
    'artifact-too-large': {
      kind: ['limited', 'invalid'],
      title: 'The artifact is too large',
      because: 'It has more bytes or more files than the failure names.',
      wayOut: 'Leave out of the service’s folder what it does not need to run.',
      again: 'Trying the same again does not help.',
    },
    'artifact-missing': {
      kind: ['invalid', 'absent'],
      title: 'The artifact is not there',
      because: [
        'It was not uploaded before the release was made of it.',
        'It was removed from the store afterwards.',
      ],
      leaves: 'No release was made of it. What an agent has fetched already goes on running.',
      wayOut: [
        'Upload each artifact first, then make the release.',
        'One that was there: build the release again from its commit, or put it back from a copy.',
      ],
    },
    'artifact-malformed': {
      kind: 'invalid',
      title: 'The artifact is no archive of the builder',
      because: 'It was packed in another way, or damaged.',
      wayOut: 'Build the release again with the builder.',
    },
    'artifact-unsafe': {
      kind: 'invalid',
      title: 'The artifact holds a name that may lead out of its folder',
      because: 'A path with `..`, an absolute one, or a kind of entry that is neither file, folder nor link.',
      wayOut: 'Remove it, build again with the builder, and find out who made the archive.',
    },
    'artifact-unusable': {
      kind: 'invalid',
      title: 'The agent cannot use the artifact',
      because: 'It could not be unpacked, or has no `.rung/service.json` that can be read.',
      wayOut: 'Build the release again with the builder.',
    },
    'artifact-changed': {
      kind: 'invalid',
      title: 'What should run was changed after it was released',
      because: 'Somebody or something wrote into the store, or into the folder that the service runs from.',
      look: 'The failure, or the line in the log of the room, names what differs.',
      leaves:
        'The changed bytes are not started. An agent puts its own copy right from the archive where it has one.',
      wayOut: [
        'Find out who wrote there.',
        'If it is not put right by itself, put the artifact back from a copy or build the release again.',
      ],
      again: 'The agent tries again by itself.',
    },
    'artifact-gone': {
      kind: 'absent',
      title: 'What the service should run from is not there any more',
      because: 'The folder, and the archive beside it, were removed or changed.',
      leaves: 'The service is not started; another version of it that runs goes on.',
      wayOut: 'Nothing to do: the agent fetches it anew as soon as the control plane is there.',
      again: 'It is tried again by itself.',
    },
    'artifact-altered': {
      kind: 'unavailable',
      title: 'An artifact was altered on its way to the agent',
      because: 'What arrived has another digest than what was sent: something in between changed it.',
      leaves: 'Nothing of it is unpacked or started; what runs goes on.',
      wayOut:
        'Nothing to do where it was once. Else look at what stands between agent and control plane: a proxy, a disk, memory.',
      again: 'It is fetched anew by itself, every two seconds.',
    },
    'artifact-digest-mismatch': {
      kind: 'invalid',
      title: 'The bytes are not those of the digest',
      because: 'They were cut off or changed on their way.',
      wayOut: 'Send the artifact again.',
      again: 'Sending it again helps.',
    },
    'artifact-store-unavailable': {
      kind: 'unavailable',
      title: 'The artifact store cannot be read or written',
      because: 'The disk is full, or the rights of the data folder do not let this user.',
      leaves: 'What runs goes on. The upload that was under way is not kept.',
      wayOut: 'Look at the space and the rights of the data folder, then send it again.',
    },
    'git-missing': {
      kind: 'unavailable',
      title: 'There is no git',
      because: 'The program git is not installed, or not in PATH.',
      leaves: 'Nothing was changed; branches are not watched and nothing is built.',
      wayOut: 'Install git 2.30 or newer, and see that it is in PATH.',
      again: 'Trying again helps once git is there.',
    },
    'git-silent': {
      kind: 'unavailable',
      title: 'Git gave nothing of a commit for two minutes',
      because: 'The disk with the repository does not answer, or something keeps git from reading on.',
      leaves:
        'That git was ended. No release was made of the commit, and nothing of it stays in the builder’s folder.',
      wayOut: [
        'See whether the disk with the repository answers: `git fsck` in it reads all of it.',
        'Push again then; an empty commit will do.',
      ],
      again: 'The builder tries again by itself, some times.',
    },
    'commit-unknown': {
      kind: 'absent',
      title: 'The repository has no such commit or tree',
      because: 'It was never pushed to the remote `rung`, or was removed from its branch.',
      wayOut: 'Push the branch again.',
    },
    'checkout-unsafe': {
      kind: 'invalid',
      title: 'The commit cannot be written into a folder safely',
      because: 'It holds links that lead out of the repository, or names that this system cannot tell apart.',
      wayOut:
        'Remove such links, and rename what differs only in upper and lower case or in the form of its letters.',
    },
    'object-id-malformed': {
      kind: 'invalid',
      title: 'This is no full id of a commit or tree',
      because: 'It is abbreviated, or a name.',
      wayOut: 'Give all 40 (or 64) hex digits, as `git rev-parse` prints them.',
    },
    'branch-malformed': {
      kind: 'invalid',
      title: 'This is no name of a branch',
      because: 'Git does not allow it, or it names a ref in full.',
      wayOut: 'Give the short name, such as `main` or `release/v1.4.0`.',
    },
    'environment-malformed': {
      kind: 'invalid',
      title: 'This is no name of an environment',
      because: 'It has characters that such a name does not have.',
      wayOut: 'Give the name as rung.yaml has it.',
    },
    'path-malformed': {
      kind: 'invalid',
      title: 'This is no path in a repository',
      because: 'It is absolute, leads upwards, or is empty.',
      wayOut: 'Give a path relative to the top of the repository.',
    },
    'desired-moved': {
      kind: 'conflict',
      title: 'Somebody else wrote the environment’s ref meanwhile',
      because: '`refs/heads/rung/ENVIRONMENT` is written by its agent alone, and was moved by another hand.',
      leaves: 'The ref is as the other left it. What serves is not touched.',
      wayOut: 'Find out who pushed there; the agent reads what is there now and writes again.',
      again: 'The agent tries again by itself.',
    },
  },
);
