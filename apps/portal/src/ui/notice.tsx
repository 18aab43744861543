import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Something the reader should know before reading on. */
export const Notice = ({ children }: { children: ReactNode }) => (
  <div className="notice" role="note">
    <Icon name="attention" />
    <div>{children}</div>
  </div>
);
