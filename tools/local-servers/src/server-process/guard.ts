import { endProcess, type ProcessMark } from './process-mark.ts';

// A process of its own, for where the kernel cannot bind a server's life to its starter's: when the starter is gone, so is the server.
let guarded: ProcessMark | undefined;
process.once('message', (mark: ProcessMark) => (guarded = mark));
process.once('disconnect', () => void (guarded ? endProcess(guarded, 0) : Promise.resolve()).then(() => process.exit()));
