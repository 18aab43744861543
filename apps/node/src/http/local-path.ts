const BASE = 'http://node.invalid';

/** A path of this site, as a browser will read it, or `otherwise`: it drops tabs and takes `\` for `/`, so `/<tab>/host` is another origin. */
export function localPath(text: unknown, otherwise: string): string {
  if (typeof text !== 'string' || !text.startsWith('/') || !URL.canParse(text, BASE)) return otherwise;
  const { origin, pathname, search, hash } = new URL(text, BASE);
  return origin === BASE && !pathname.startsWith('//') ? pathname + search + hash : otherwise;
}
