/** The mark: the four rivers meeting, and the sun over the lake. */
const COURSES = [
  'M3 9c5-4 9 2 14-1 4-2.4 6-.6 9 0',
  'M4 25c4-1 3.5-7 9-8.5 5-1.5 9-2.5 13.5-5',
  'M12 36c4-4-1-8 2-12.5C17 19 23.5 18 28 13.5',
  'M26 38c-1-5 6-8 5.5-13.5C31.2 20.5 31 18 31 14.5',
];

export const Mark = () => (
  <svg className="mark" viewBox="0 0 40 40" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
    {COURSES.map((course) => (
      <path key={course} d={course} />
    ))}
    <circle cx="31" cy="9" r="4.5" fill="var(--orange)" stroke="none" />
  </svg>
);
