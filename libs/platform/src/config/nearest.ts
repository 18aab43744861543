const SHORTEST_STEM = 3;

/** The candidate most like `word`, if one is near enough to be what was meant; one that begins like it, as `warn` for `warning`. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (/^\d*$/.test(word)) return undefined; // codes of figures are all alike
  const limit = Math.max(2, Math.floor(word.length / 4));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(word.length - candidate.length) > limit) continue; // no nearer than that, and a stranger's word may be a megabyte
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate ?? candidates.find((candidate) => isStem(word, candidate) || isStem(candidate, word));
}

const isStem = (stem: string, word: string): boolean => stem.length >= SHORTEST_STEM && word.toLowerCase().startsWith(stem.toLowerCase());

/** Levenshtein: insertions, deletions and replacements that make one word the other. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
