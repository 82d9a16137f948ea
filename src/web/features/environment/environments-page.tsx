import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { TextField } from '../../components/text-field.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { Command } from '../../components/command.tsx';
import { countText } from '../../components/names.ts';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { isWhole } from '../board/whole.ts';
import { healthWords } from './health.ts';
import { useEnvironments } from './use-environments.ts';

/** Every environment in one list, with what it is for. */
export function EnvironmentsPage() {
  const { board } = useProject();
  const [letters, setLetters] = useState('');
  const { environments, error, more } = useEnvironments(letters);
  if (board.page.environments === 0)
    return (
      <Empty title="No environment yet">
        <p>Environments are declared in rung.yaml. Check the file, then commit it.</p>
        <Command line="rung check" />
      </Empty>
    );
  return (
    <Page title="Environments" error={error}>
      {!isWhole(board) && (
        <TextField
          label="Find an environment"
          hint="by letters of its name"
          type="search"
          maxLength={40}
          value={letters}
          onChange={setLetters}
        />
      )}
      <section className="panel table-scroll">
        <table>
          <thead>
            <tr>
              <th>Environment</th>
              <th>Runs</th>
              <th>Health</th>
              <th>Services</th>
              <th>For</th>
              <th>Owner</th>
              <th>Agent heard</th>
            </tr>
          </thead>
          <tbody>
            {environments.map((one) => (
              <tr key={one.id}>
                <td>
                  <b>
                    <EnvironmentLink name={one.name} />
                  </b>{' '}
                  <span className="soft">{one.tier}</span>
                </td>
                <td>
                  {one.release === null ? <NoOneRelease /> : <VersionLink version={one.release.version} />}
                </td>
                <td>
                  <StateMark tone={healthWords(one).tone}>{healthWords(one).text}</StateMark>
                </td>
                <td className="num">{countText(one.services.length, 'service')}</td>
                <td>{one.purpose}</td>
                <td>{one.owner ?? <span className="soft">nobody named</span>}</td>
                <td>
                  {one.agent.lastHeardAt === null ? (
                    <span className="soft">never</span>
                  ) : (
                    <Relative at={one.agent.lastHeardAt} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {environments.length === 0 && letters !== '' && (
          <p className="soft">No environment has these letters in its name. Try fewer of them.</p>
        )}
        {more !== null && <Button onClick={more}>Show more</Button>}
      </section>
    </Page>
  );
}

const NoOneRelease = () => <span className="soft">no one release</span>;
