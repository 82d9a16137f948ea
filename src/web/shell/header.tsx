import { Link } from '@tanstack/react-router';
import { Logo } from '../components/logo.tsx';
import { Palette } from './palette.tsx';
import { useProject } from './project-context.ts';
import { WhoMenu } from './who-menu.tsx';
import './header.css';

const places = [
  { to: '/projects/$project', label: 'Board', exact: true },
  { to: '/projects/$project/releases', label: 'Releases', exact: false },
  { to: '/projects/$project/environments', label: 'Environments', exact: false },
  { to: '/projects/$project/calendar', label: 'Calendar', exact: false },
  { to: '/projects/$project/log', label: 'Log', exact: false },
] as const;

export function Header() {
  const { project, board } = useProject();
  return (
    <header className="header">
      <Link className="header-home" to="/projects/$project" params={{ project }} aria-label="Rung: the board">
        <Logo />
        <span>Rung</span>
      </Link>
      <span className="header-project clip" title={board.project.name}>
        {board.project.name}
      </span>
      <nav className="header-nav" aria-label="Pages">
        {places.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            params={{ project }}
            activeOptions={{ exact: place.exact, includeSearch: false }}
          >
            {place.label}
          </Link>
        ))}
      </nav>
      <Palette />
      <WhoMenu />
    </header>
  );
}
