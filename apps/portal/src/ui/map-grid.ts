/**
 * Where each prefecture stands on the schematic map: columns follow longitude, rows latitude. It claims no boundary.
 * The order is row by row, so that Tab reads from north to south.
 */
export const MAP_GRID = [
  { adcode: '430800', col: 1, row: 1 },
  { adcode: '430700', col: 2, row: 1 },
  { adcode: '430600', col: 3, row: 1 },
  { adcode: '433100', col: 1, row: 2 },
  { adcode: '430900', col: 2, row: 2 },
  { adcode: '430100', col: 3, row: 2 },
  { adcode: '431200', col: 1, row: 3 },
  { adcode: '431300', col: 2, row: 3 },
  { adcode: '430300', col: 3, row: 3 },
  { adcode: '430200', col: 4, row: 3 },
  { adcode: '430500', col: 2, row: 4 },
  { adcode: '430400', col: 3, row: 4 },
  { adcode: '431100', col: 2, row: 5 },
  { adcode: '431000', col: 3, row: 5 },
] as const;
export type Prefecture = (typeof MAP_GRID)[number]['adcode'];
