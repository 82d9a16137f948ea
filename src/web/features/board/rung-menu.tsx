import { Link } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import type { EnvironmentView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import '../../shell/menu.css';

/** What can be done with an environment. An entry that is off says why. */
export function RungMenu({ environment }: { readonly environment: EnvironmentView }) {
  const { project } = useProject();
  const { open } = useAct();
  const { name, release } = environment;
  const before = environment.previous?.version ?? null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="button quiet small rung-menu"
        aria-label={`What can be done with ${name}`}
      >
        ⋯
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={10}>
          <DropdownMenu.Item
            className="menu-item"
            disabled={release === null}
            onSelect={() => open({ act: 'validate', on: name })}
          >
            {release === null ? 'Validate: no one release runs here' : `Validate ${release.version}…`}
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item danger"
            disabled={before === null}
            onSelect={() => open({ act: 'rollback', on: name })}
          >
            {before === null ? 'Roll back: nothing ran here before' : `Roll back to ${before} or another…`}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/projects/$project/environments/$environment" params={{ project, environment: name }}>
              History, services and rules
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/projects/$project/log" params={{ project }} search={{ environment: name }}>
              Its log
            </Link>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
