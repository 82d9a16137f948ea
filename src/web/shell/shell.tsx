import type { ReactNode } from 'react';
import { ActDialog } from './act-dialog.tsx';
import { ActingAsStrip } from './acting-as-strip.tsx';
import { ConnectionStrip } from './connection-strip.tsx';
import { Header } from './header.tsx';
import { Outcomes } from './outcomes.tsx';

/** The frame that every page of a project stands in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Header />
      <ActingAsStrip />
      <ConnectionStrip />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <ActDialog />
      <Outcomes />
    </>
  );
}
