import type { ReactNode } from 'react';

/** A state as a shape beside its word, so that it never hangs on a colour alone. */
const SHAPES = {
  self: { tone: '', shape: <path d="M1 11V5l5-4 5 4v6z" fill="currentColor" /> },
  current: { tone: 'ok', shape: <circle cx="6" cy="6" r="5" fill="currentColor" /> },
  late: {
    tone: 'late',
    shape: (
      <>
        <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M6 1.8a4.2 4.2 0 010 8.4z" fill="currentColor" />
      </>
    ),
  },
  silent: {
    tone: 'late',
    shape: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2 1.5" />,
  },
  unjoined: { tone: 'muted', shape: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.6" /> },
};

export const StateDot = ({ state, children }: { state: keyof typeof SHAPES; children: ReactNode }) => (
  <span className={`dot ${SHAPES[state].tone}`}>
    <svg viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[state].shape}
    </svg>
    {children}
  </span>
);
