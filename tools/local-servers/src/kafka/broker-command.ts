export interface BrokerCommand {
  classPath: string;
  propertiesFile: string;
  /** Archive of loaded classes: to be read, or to be made when the broker ends. */
  archive?: { read: string } | { make: string } | undefined;
}

/** 128 MB of heap carry a federation's tests and demo. */
const SMALL = ['-Xmx128m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const LOG = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];

export const brokerArguments = ({ classPath, propertiesFile, archive }: BrokerCommand): string[] => [
  ...SMALL,
  ...archiveFlags(archive),
  ...LOG,
  '-cp',
  classPath,
  'kafka.Kafka',
  propertiesFile,
];

function archiveFlags(archive: BrokerCommand['archive']): string[] {
  if (archive === undefined) return [];
  return 'read' in archive ? [`-XX:SharedArchiveFile=${archive.read}`, '-Xshare:auto'] : [`-XX:ArchiveClassesAtExit=${archive.make}`];
}
