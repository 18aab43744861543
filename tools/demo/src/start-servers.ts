import type { KeycloakServer } from '@xiangjing/local-servers/keycloak';
import type { Folder } from './folder.ts';
import { portTaken } from './free-ports.ts';
import { serverPorts, urlOf, type DemoOptions } from './options.ts';
import type { Progress } from './progress.ts';

/** The real servers of this run; without any, a node carries feeds by HTTPS and signs people in itself. */
export interface Servers {
  keycloak: KeycloakServer | undefined;
  /** Where a node's users sign in. */
  identityUrlOf(adcode: string): string;
  /** What a node reads about them. */
  sectionsOf(adcode: string): { kafka?: object; identity?: object };
  /** To be called when the registry has grown: topics and rights for everybody in it. True if a topic is new. */
  makeTopics(): Promise<boolean>;
  stop(): Promise<void>;
}

/** The servers that the demo was asked for. They die with this process. */
export async function startServers(folder: Folder, options: DemoOptions, progress: Progress): Promise<Servers> {
  return start(folder, options, progress).catch((error: Error & { code?: string }) => {
    throw error.code === 'PORT_TAKEN' ? portTaken(`${error.message} (PORT_TAKEN)`, options.portBase) : error;
  });
}

async function start(folder: Folder, options: DemoOptions, progress: Progress): Promise<Servers> {
  const kafka = options.kafka ? await startKafka(folder, options, progress) : undefined;
  try {
    const keycloak = options.keycloak ? await startKeycloak(folder, options, progress) : undefined;
    folder.save({ keycloakUrl: keycloak?.server.url ?? null });
    return {
      keycloak: keycloak?.server,
      identityUrlOf: (adcode) => keycloak?.server.url ?? urlOf(adcode, options.portBase),
      sectionsOf: (adcode) => ({
        ...(kafka ? { kafka: kafka.sectionOf(adcode) } : {}),
        ...(keycloak ? { identity: keycloak.sectionOf(adcode) } : {}),
      }),
      makeTopics: async () => (await kafka?.makeTopics()) ?? false,
      stop: async () => void (await Promise.all([kafka?.server.stop(), keycloak?.server.stop()])),
    };
  } catch (error) {
    await kafka?.server.stop();
    throw error;
  }
}

async function startKafka(folder: Folder, { portBase }: DemoOptions, progress: Progress) {
  progress.step('starting Kafka; the first time Maven fetches it');
  const { applyTopics, kafkaSection, startDemoKafka } = await import('./demo-kafka.ts');
  const server = await startDemoKafka(folder, serverPorts(portBase).kafka);
  progress.step(`Kafka runs at ${server.brokers.join(', ')}`);
  return {
    server,
    sectionOf: (adcode: string) => kafkaSection(folder, adcode, server.brokers),
    makeTopics: async () => {
      const isNew = await applyTopics(folder);
      progress.step('topics and rights are made; until now events went by HTTPS');
      return isNew;
    },
  };
}

async function startKeycloak(folder: Folder, { nodes, portBase }: DemoOptions, progress: Progress) {
  progress.step('starting Keycloak; the first time Maven fetches it, and it is built for a minute');
  const { identitySection, startDemoKeycloak } = await import('./demo-keycloak.ts');
  const server = await startDemoKeycloak(folder, { nodes, port: serverPorts(portBase).keycloak, progress });
  progress.step(`Keycloak runs at ${server.url}`);
  return { server, sectionOf: (adcode: string) => identitySection(folder, adcode, { keycloak: server, portBase }) };
}
