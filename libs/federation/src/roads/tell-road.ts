import type { Logger } from '@xiangjing/platform';

/** For whoever reads the log: when and why a feed changed its road. */
export function tellRoad(log: Logger, sight: object, isHttps: boolean): void {
  if (isHttps) log.warn(sight, 'HTTPS takes over beside the log');
  else log.info(sight, 'the log carries alone again');
}
