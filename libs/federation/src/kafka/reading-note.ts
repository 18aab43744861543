import type { Logger } from '@xiangjing/platform';
import { createOutageLog } from '../watching/outage-log.ts';
import type { LogFault, TopicLives } from './topic-lives.ts';

/** Keeps what stops this node from reading topics where its status is read from, and that it reads them again; once per change. */
export function createReadingNote(lives: Pick<TopicLives, 'noteReading'>, log: Logger): (fault: LogFault | null) => void {
  const outage = createOutageLog(log, { road: 'kafka' }, 'how the topics are read could not be kept');
  let kept: string | undefined;
  let isKeeping = false;

  async function keep(fault: LogFault | null, text: string): Promise<void> {
    isKeeping = true;
    try {
      await lives.noteReading(fault);
      kept = text;
      outage.over();
    } catch (error) {
      outage.note(error);
    } finally {
      isKeeping = false;
    }
  }

  return (fault) => {
    const text = fault ? `${fault.code} ${fault.message}` : '';
    if (text !== kept && !isKeeping) void keep(fault, text); // what is passed over comes again with the next fetch or fault
  };
}
