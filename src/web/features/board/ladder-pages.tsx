import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { boardSearch } from './board-part.ts';
import { isWhole } from './whole.ts';

const route = getRouteApi('/projects/$project/');

/** Where there is more than one page: the field by which a ladder is found, and what to do where none is. */
export function FindLadders() {
  const { board } = useProject();
  const { search = '' } = route.useSearch();
  if (isWhole(board) && search === '') return null;
  return (
    <>
      <Finder key={search} search={search} />
      {board.page.found === 0 && <NothingFound search={search} />}
    </>
  );
}

function Finder({ search }: { readonly search: string }) {
  const { project } = useProject();
  const navigate = route.useNavigate();
  const [letters, setLetters] = useState(search);
  const find = (text: string): void =>
    void navigate({ to: '/projects/$project', params: { project }, search: boardSearch({ search: text }) });
  return (
    <search>
      <form
        className="find-ladders"
        aria-label="Find a ladder"
        onSubmit={(event) => {
          event.preventDefault();
          find(letters);
        }}
      >
        <TextField
          label="Find a ladder"
          hint="by letters of a name on it"
          type="search"
          maxLength={40}
          value={letters}
          onChange={setLetters}
        />
        <Button type="submit">Find</Button>
        {search !== '' && <Button onClick={() => find('')}>Show all</Button>}
      </form>
    </search>
  );
}

const NothingFound = ({ search }: { readonly search: string }) => (
  <Empty title={`Nothing is called like “${search}”`}>
    <p>
      No pipeline and no environment has these letters in its name. Try fewer of them, or show all; what is
      declared stands in rung.yaml.
    </p>
  </Empty>
);

/** Which part of the ladders this is, and the way to the part before and after it. */
export function LadderPages() {
  const { board } = useProject();
  const { before, found, previous, next } = board.page;
  if (previous === null && next === null) return null;
  const last = before + board.environments.length;
  return (
    <nav className="ladder-pages" aria-label="Pages of the board">
      <PageLink after={previous}>← Previous</PageLink>
      <span role="status">
        Environments {before + 1} to {last} of {found}
      </span>
      <PageLink after={next}>Next →</PageLink>
    </nav>
  );
}

interface PageLinkProps {
  /** null where there is no such page. */
  readonly after: string | null;
  readonly children: string;
}

function PageLink({ after, children }: PageLinkProps) {
  const { project } = useProject();
  const { search } = route.useSearch();
  if (after === null)
    return (
      <span className="button plain" aria-disabled="true">
        {children}
      </span>
    );
  return (
    <Link
      className="button plain"
      to="/projects/$project"
      params={{ project }}
      search={boardSearch({ after, search })}
    >
      {children}
    </Link>
  );
}
