import type { ReactNode } from 'react';

/** A figure with its name above and what it means below. */
export const Figure = ({ name, value, children }: { name: string; value: number; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value.toLocaleString('zh-CN')}
      <small>{children}</small>
    </dd>
  </div>
);
