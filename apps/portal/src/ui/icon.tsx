/** Line icons of 16 units; each stands beside a word, so none has a name of its own. */
const LINES = {
  attention: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path d="M8 4v5M8 11.5v.5" />
    </>
  ),
  check: <path d="M2.5 8.5l3.5 3.5 7.5-8" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6.5" />
      <path d="M8 4v4.5l3 1.5" />
    </>
  ),
  cross: <path d="M3 3l10 10M13 3L3 13" />,
  dash: <path d="M3 8h10" />,
};

export const Icon = ({ name, className }: { name: keyof typeof LINES; className?: string }) => (
  <svg
    className={className}
    width="16"
    height="16"
    viewBox="0 0 16 16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
  >
    {LINES[name]}
  </svg>
);
