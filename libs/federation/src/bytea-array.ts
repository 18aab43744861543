const BYTEA = 17;
const HEAD = 20;

/**
 * A `bytea[]` as PostgreSQL itself writes arrays. The driver would send its text form, hexadecimal in quotes in braces, and to read
 * that takes PostgreSQL about as long as to store the bytes.
 */
export function byteaArray(items: readonly Buffer[]): Buffer {
  const array = Buffer.alloc(items.reduce((size, item) => size + 4 + item.length, HEAD));
  const dimensions = 1;
  const hasNulls = 0;
  const lowerBound = 1;
  for (const [index, word] of [dimensions, hasNulls, BYTEA, items.length, lowerBound].entries()) array.writeInt32BE(word, 4 * index);
  let at = HEAD;
  for (const item of items) {
    at = array.writeInt32BE(item.length, at);
    at += item.copy(array, at);
  }
  return array;
}
