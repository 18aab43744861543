/** Characters that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

export const widthOf = (text: string): number => [...text].reduce((width, char) => width + (WIDE.test(char) ? 2 : 1), 0);

/** Lines whose columns stand under each other, Chinese or not; each row may have notes, which follow it indented. */
export function textTable(head: readonly string[], rows: readonly { cells: readonly string[]; notes?: readonly string[] }[]): string[] {
  const widths = head.map((title, i) => Math.max(...[title, ...rows.map(({ cells }) => cells[i] ?? '')].map(widthOf)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell + ' '.repeat(Math.max(0, widths[i]! - widthOf(cell))))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.flatMap(({ cells, notes = [] }) => [line(cells), ...notes.map((note) => `    ${note}`)])];
}
