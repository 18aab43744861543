export interface BrokerCommand {
  classPath: string;
  propertiesFile: string;
  /** Archive of loaded classes: to be read, or to be made when the broker ends. */
  archive?: { read: string } | { make: string } | undefined;
}

/** 128 MB of heap carry a federation's tests and demo; the archive halves the time to the open port. */
export const brokerArguments = ({ classPath, propertiesFile, archive }: BrokerCommand): string[] => [
  ...['-Xmx128m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  ...archiveFlags(archive),
  ...['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'],
  ...['-cp', classPath, 'kafka.Kafka', propertiesFile],
];

function archiveFlags(archive: BrokerCommand['archive']): string[] {
  if (archive === undefined) return [];
  return 'read' in archive ? [`-XX:SharedArchiveFile=${archive.read}`, '-Xshare:auto'] : [`-XX:ArchiveClassesAtExit=${archive.make}`];
}
