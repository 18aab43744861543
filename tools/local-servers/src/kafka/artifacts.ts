import { readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepared, type CacheFolder } from '../cache.ts';
import { DEPENDENCY_PLUGIN, runMaven } from '../maven.ts';

export const KAFKA_VERSION = '4.1.1';

/** The broker and its tools, 46 jars; Kafka's slf4j API is 1.7, so its backend is. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies></project>
`;
const EXPECTED = [
  `kafka_2.13-${KAFKA_VERSION}.jar`,
  `kafka-clients-${KAFKA_VERSION}.jar`,
  `kafka-server-${KAFKA_VERSION}.jar`,
  `kafka-raft-${KAFKA_VERSION}.jar`,
  `kafka-metadata-${KAFKA_VERSION}.jar`,
  'slf4j-api-1.7.36.jar',
  'slf4j-simple-1.7.36.jar',
];

export const KAFKA_FOLDER: CacheFolder = { name: `kafka-${KAFKA_VERSION}`, expected: EXPECTED.map((jar) => join('libs', jar)) };

/** The folder of the cache that holds `libs`; fetched by Maven the first time, then at hand without network. */
export const kafkaHome = (env?: NodeJS.ProcessEnv): Promise<string> =>
  prepared({
    ...KAFKA_FOLDER,
    env,
    make: async (scratch) => {
      await mkdir(join(scratch, 'libs'));
      writeFileSync(join(scratch, 'pom.xml'), POM);
      const target = `-DoutputDirectory=${join(scratch, 'libs')}`;
      await runMaven([`${DEPENDENCY_PLUGIN}:copy-dependencies`, '-DincludeScope=runtime', target], scratch, env);
    },
  });

/**
 * Every jar by its name: the order of a wildcard is the folder's, and the archive of loaded classes is bound to the order.
 */
export const classPathOf = (home: string): string =>
  readdirSync(join(home, 'libs'))
    .filter((name) => name.endsWith('.jar'))
    .toSorted()
    .map((name) => join(home, 'libs', name))
    .join(process.platform === 'win32' ? ';' : ':');
