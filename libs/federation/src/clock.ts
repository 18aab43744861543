/** The node's time, as a parameter: the process clock in service, a fixed or moved one in tests. */
export interface Clock {
  now(): Date;
}
