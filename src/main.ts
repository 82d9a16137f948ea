import type { Role } from './main/own-programs.ts';

/**
 * The one entry of everything: the command line, and the programs that `rung up` starts. Each is loaded only when it
 * is asked for, so that the command line starts at once.
 */
const [role, ...rest] = process.argv.slice(2);

switch (role as Role | 'story') {
  case 'control-plane':
  case 'agent':
  case 'builder':
  case 'room': {
    const { runRole } = await import('./main/roles.ts');
    await runRole(role as Role, rest);
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
