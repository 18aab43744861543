/** Sections of GB/T 4754-2017 (amendment 1) with their first and last division: the letter must agree with the digits. */
const SECTIONS: Record<string, readonly [number, number]> = {
  A: [1, 5],
  B: [6, 12],
  C: [13, 43],
  D: [44, 46],
  E: [47, 50],
  F: [51, 52],
  G: [53, 60],
  H: [61, 62],
  I: [63, 65],
  J: [66, 69],
  K: [70, 70],
  L: [71, 72],
  M: [73, 75],
  N: [76, 79],
  O: [80, 82],
  P: [83, 83],
  Q: [84, 85],
  R: [86, 90],
  S: [91, 96],
  T: [97, 97],
};

/** True for a section alone (`I`) or a section with 2 to 4 digits whose division lies in it (`I65`, `C3969`). Shape only, no list of classes. */
export function isIndustryCode(code: string): boolean {
  const match = /^([A-T])(\d{2,4})?$/.exec(code);
  const range = match && SECTIONS[match[1] ?? ''];
  if (!range) return false;
  const division = Number(match[2]?.slice(0, 2) ?? range[0]);
  return division >= range[0] && division <= range[1];
}
