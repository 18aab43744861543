import { createLogPublisher, createPushLink, createWantAnswerer, publisherRoutes } from '@xiangjing/federation';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { eventLog } from '../event-log.ts';
import type { Runtime } from '../runtime.ts';

/** Serves stored feed bytes, writes them to their topics and, at a city, pushes them to the province: sees feed and relay rows only. */
export const publisherTarget = {
  mount: (runtime: Runtime) => {
    publisherRoutes({ ...common(runtime), longPollMs: runtime.config.federation.longPollMs, release: runtime.node.release })(runtime.app);
  },
  module: {
    name: 'publisher',
    needs: [],
    start: async (runtime: Runtime) => {
      const kafka = eventLog(runtime);
      const writer = runtime.node.adcode === PROVINCE ? toTopics(runtime, kafka) : toProvince(runtime, kafka);
      await writer?.start();
      return {
        stop: async () => {
          await Promise.all([writer?.stop(), kafka?.close()]); // a broker that does not answer holds neither up
        },
      };
    },
  },
};

type Log = ReturnType<typeof eventLog>;

const toTopics = (runtime: Runtime, kafka: Log) => kafka && createLogPublisher({ ...common(runtime), kafka });

function toProvince(runtime: Runtime, kafka: Log) {
  const options = { ...common(runtime), signer: runtime.signer };
  const answerer = createWantAnswerer(options);
  const link = createPushLink({
    ...options,
    kafka,
    release: runtime.node.release,
    heartbeatMs: runtime.config.federation.heartbeatMs,
    answerWant: (want) => answerer.answerWant(want),
  });
  return {
    start: () => link.start(),
    stop: async () => {
      await link.stop();
      await answerer.stop();
    },
  };
}

const common = (runtime: Runtime) => ({
  pool: runtime.pool('publisher'),
  adcode: runtime.node.adcode,
  registry: runtime.registry,
  clock: runtime.clock,
  log: runtime.log,
  meter: runtime.telemetry.meter,
  tracer: runtime.telemetry.tracer,
});
