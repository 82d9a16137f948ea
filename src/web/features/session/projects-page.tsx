import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { projectsQuery } from '../../api/queries.ts';
import { Command } from '../../components/command.tsx';
import { FailurePage } from './problem-pages.tsx';
import './session.css';

/** Where there is one project, its board is the start. */
export function ProjectsPage() {
  const { data: projects, error, refetch } = useQuery(projectsQuery);
  if (error !== null) return <FailurePage error={error} retry={() => void refetch()} />;
  if (projects === undefined) return null;
  const [first] = projects;
  if (first === undefined) return <NoProject />;
  if (projects.length === 1)
    return <Navigate to="/projects/$project" params={{ project: first.name }} replace />;
  return (
    <main className="lone">
      <h1>Projects</h1>
      <ul className="projects">
        {projects.map((project) => (
          <li key={project.id} className="panel">
            <Link to="/projects/$project" params={{ project: project.name }}>
              {project.name}
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}

function NoProject() {
  return (
    <main className="lone">
      <h1>No project yet</h1>
      <p>
        A project is one file, rung.yaml, beside your code. This writes one to start from, and brings it up:
      </p>
      <Command label="In your repository" line="rung init && rung up" />
    </main>
  );
}
