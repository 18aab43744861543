import { testKafka } from '@xiangjing/platform/testing';
import { describeEventLog } from '../testing/event-log-suite.ts';
import { kafkaBench } from '../testing/kafka-bench.ts';

describeEventLog('Kafka', () => kafkaBench(testKafka()));
