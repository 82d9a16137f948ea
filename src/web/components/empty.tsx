import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** There is nothing yet: says what makes there be something. */
export const Empty = ({ title, children }: EmptyProps) => (
  <section className="panel empty">
    <h2>{title}</h2>
    {children}
  </section>
);
