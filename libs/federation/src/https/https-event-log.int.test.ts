import { createLogger } from '@xiangjing/platform';
import { describeEventLog } from '../testing/event-log-suite.ts';
import { testFederation } from '../testing/test-federation.ts';
import { createHttpsEventLog } from './https-event-log.ts';
import { createProvinceClient } from './province-client.ts';

describeEventLog('HTTPS, the province relaying', async () => {
  const federation = await testFederation(['430100', '430200', '430300']);
  const nodeOf = (adcode: string) => federation.cities.find((city) => city.adcode === adcode)!;
  return {
    signer: (adcode) => nodeOf(adcode).signer,
    async open(adcode) {
      const { signer, registry } = nodeOf(adcode);
      const clock = { now: () => new Date() };
      const client = createProvinceClient({ signer, registry, clock });
      return createHttpsEventLog({ client, registry, clock, log: createLogger({ level: 'silent' }), longPollMs: 2_000, heartbeatMs: 500 });
    },
    [Symbol.asyncDispose]: () => federation[Symbol.asyncDispose](),
  };
});
