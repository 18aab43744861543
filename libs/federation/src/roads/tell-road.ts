import type { Logger } from '@xiangjing/platform';

/** For whoever reads along: when and why a feed changed its road. No fault by itself: those are told where they are met. */
export function tellRoad(log: Logger, sight: object, isHttps: boolean): void {
  log.info(sight, isHttps ? 'HTTPS takes over beside Kafka' : 'Kafka carries alone again');
}
