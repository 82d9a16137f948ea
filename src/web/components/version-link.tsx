import { Link } from '@tanstack/react-router';
import { useProject } from '../shell/project-context.ts';

export const VersionLink = ({ version }: { readonly version: string }) => (
  <Link
    to="/projects/$project/releases/$release"
    params={{ project: useProject().project, release: version }}
    className="num"
  >
    {version}
  </Link>
);

export const EnvironmentLink = ({ name }: { readonly name: string }) => (
  <Link
    to="/projects/$project/environments/$environment"
    params={{ project: useProject().project, environment: name }}
  >
    {name}
  </Link>
);
