import type { ReactNode } from 'react';
import './state-mark.css';

/** A shape for each, so that colour never stands alone: disc, diamond, square, ring, play. */
export type Tone = 'ok' | 'warn' | 'bad' | 'off' | 'live';

export const StateMark = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => (
  <span className={`state ${tone}`}>
    <i aria-hidden="true" />
    <span>{children}</span>
  </span>
);
