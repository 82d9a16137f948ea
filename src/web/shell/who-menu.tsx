import { Link } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { signOut } from '../api/calls.ts';
import { failureIn, isSignedOut } from '../api/failure.ts';
import { tellOtherTabs } from '../api/other-tabs.ts';
import type { ViewerView } from '../api/views.ts';
import { Person, Roles } from '../components/person.tsx';
import { useActAs } from '../features/session/use-act-as.ts';
import type { Zone } from '../time/format.ts';
import { useZone } from '../time/moment.tsx';
import { preferences, type Theme } from './preferences.ts';
import { tellOutcome } from './outcomes.tsx';
import { useProject } from './project-context.ts';
import { useAct } from './use-act.ts';
import './menu.css';

/** Who one is, whom one plays, and how one likes the page. */
export function WhoMenu() {
  const {
    project,
    board: { viewer },
  } = useProject();
  const { open } = useAct();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="who">
        <b className="clip">
          <Person id={viewer.actingAs ?? viewer.id} />
        </b>
        <span className="who-roles clip">
          <Roles roles={viewer.roles} />
        </span>
        <span aria-hidden="true" className="soft">
          ▾
        </span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={10}>
          <ActAsChoice viewer={viewer} />
          <ZoneChoice />
          <ThemeChoice />
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item"
            disabled={viewer.roles.length === 0}
            onSelect={() => open({ act: 'delegate' })}
          >
            {viewer.roles.length === 0
              ? 'Nobody can stand in for you: you have no role'
              : 'Let somebody stand in for you…'}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/projects/$project/delegations" params={{ project }}>
              Who stands in for whom
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => void leave()}>
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Whoever is signed out already has what they want; whoever could not be must not go away believing it. */
async function leave(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    if (!isSignedOut(error)) {
      tellOutcome(`You are still signed in: ${failureIn(error)?.message ?? 'nobody answered'}`);
      return;
    }
  }
  tellOtherTabs();
  location.reload();
}

function ActAsChoice({ viewer }: { readonly viewer: ViewerView }) {
  const actAs = useActAs();
  if (viewer.mayActAs.length === 0) return null;
  const self = viewer.mayActAs.every((one) => one.id !== viewer.id);
  return (
    <>
      <p className="menu-note">
        On a laptop you may act as any member whom rung.yaml names. Rung does not check who you are here.
      </p>
      <DropdownMenu.RadioGroup
        className="menu-scroll"
        value={viewer.actingAs ?? viewer.id}
        onValueChange={(id) => actAs.mutate(id === viewer.id ? null : id)}
      >
        {self && <Member id={viewer.id} note="yourself" />}
        {viewer.mayActAs.map((member) => (
          <Member
            key={member.id}
            id={member.id}
            note={
              <>
                {member.id === viewer.id && 'yourself · '}
                <Roles roles={member.roles} />
              </>
            }
          />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
    </>
  );
}

const Member = ({ id, note }: { readonly id: string; readonly note: React.ReactNode }) => (
  <DropdownMenu.RadioItem className="menu-item member" value={id}>
    <Tick />
    <span className="clip">{id}</span>
    <small className="soft clip">{note}</small>
  </DropdownMenu.RadioItem>
);

const Tick = () => (
  <span className="menu-tick" aria-hidden="true">
    <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
  </span>
);

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones: readonly (readonly [Zone, string])[] = [
  ['local', ownZone === 'UTC' ? 'My own zone (UTC)' : ownZone],
  ['utc', 'UTC'],
];

const ZoneChoice = () => (
  <Choice label="Times" value={useZone()} choices={zones} onChange={(zone) => preferences.setZone(zone)} />
);

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

const ThemeChoice = () => (
  <Choice
    label="Look"
    value={useSyncExternalStore(preferences.watch, preferences.theme)}
    choices={themes}
    onChange={(theme) => preferences.setTheme(theme)}
  />
);

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <>
      <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        className="menu-row"
        value={value}
        onValueChange={(next) => {
          const [found] = choices.find(([one]) => one === next) ?? [];
          if (found !== undefined) onChange(found);
        }}
      >
        {choices.map(([one, text]) => (
          <DropdownMenu.RadioItem
            key={one}
            className="menu-chip"
            value={one}
            onSelect={(event) => event.preventDefault()}
          >
            {text}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}
