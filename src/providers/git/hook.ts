/** In the repository's folder. */
export const socketName = 'rung-hook.sock';

/**
 * Git runs the hook in the repository's folder after a push has been taken, so the socket's name is short however deep
 * the folder lies. A push never fails, and never waits long, because of it.
 */
export const hookFiles = (node: string): readonly { readonly name: string; readonly text: string }[] => [
  {
    name: 'post-receive',
    text: `#!/bin/sh
# Written by Rung. Tells it that a branch has moved; where nobody listens, Rung finds out when it next looks.
cat >/dev/null
'${node.replaceAll("'", `'\\''`)}' hooks/rung-moved.mjs >/dev/null 2>&1 || :
exit 0
`,
  },
  {
    name: 'rung-moved.mjs',
    text: `// Written by Rung.
import { connect } from 'node:net';
const socket = connect('${socketName}');
socket.setTimeout(1000, () => socket.destroy());
socket.on('error', () => {});
socket.on('connect', () => socket.end());
socket.resume();
`,
  },
];
