import { isRootHelp, rootHelpOn } from './cli/help.ts';
import type { Role } from './main/own-programs.ts';

/**
 * The one entry of everything: the command line, and the programs that `rung up` starts. Each is loaded only when it
 * is asked for, so that the command line starts at once.
 */
const [word, ...rest] = process.argv.slice(2);

if (isRootHelp(process.argv.slice(2))) {
  // Who reads it may have enough of it, as `head` has.
  process.stdout.on('error', () => process.exit(0));
  process.stdout.write(rootHelpOn(process.stdout, process.env));
} else {
  // Where this was built of the sources, a stack names their lines all the same.
  process.setSourceMapsEnabled(true);
  await start();
}

async function start(): Promise<void> {
  switch (word ?? '') {
    // A word of its own, so that no program is ever taken for a verb: `rung agent key replace` is one.
    case 'program': {
      const [role, ...args] = rest;
      const { runRole } = await import('./main/roles.ts');
      await runRole(role as Role, args);
      break;
    }
    case 'story': {
      const { runStory } = await import('./main/story.ts');
      process.exitCode = await runStory(rest);
      break;
    }
    default: {
      const { runCliInProcess } = await import('./cli/in-process.ts');
      const { laptopPrograms } = await import('./main/programs.ts');
      const { connectToApi } = await import('./cli/api-client.ts');
      await runCliInProcess(laptopPrograms(process.cwd()), connectToApi);
    }
  }
}
