/** `core.title` as the JSON pointer by which a problem names it. */
export const pointerOf = (path: string): string => `/${path.replace('.', '/')}`;

/** True if a pointer names this field or something inside it. */
export const isAt = (pointer: string, base: string): boolean => pointer === base || pointer.startsWith(`${base}/`);

/** The id of the control that a pointer names. */
export const controlId = (pointer: string): string => `f${pointer.replaceAll('/', '-')}`;
