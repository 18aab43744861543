import { unitFlags } from '@xiangjing/local-servers/unit-flags';
import { findNode } from '@xiangjing/scenario-sdk';
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoError } from './demo-error.ts';
import type { Folder } from './folder.ts';
import { configFileOf } from './node-files.ts';

/** The program `xiangjing`. A tool starts it as a process and never imports it. */
const PROGRAM = join(import.meta.dirname, '../../../apps/node/bin/xiangjing.mjs');
const READY_MS = 60_000;
const STOP_MS = 20_000;

export interface NodeProcess {
  adcode: string;
  url: string;
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Our own variables belong to a configured node, not to the demo's. */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('XIANGJING_')));
}

/**
 * Starts one node and waits for its `ready` message. It runs in a process group of its own, so that Ctrl-C reaches the demo alone,
 * which then stops everything in order; should the demo be killed, the node sees its channel close and stops by itself.
 */
export async function startNodeProcess(folder: Folder, adcode: string): Promise<NodeProcess> {
  const logFile = join(folder.node(adcode), 'node.log');
  const log = openSync(logFile, 'a', 0o600);
  const { execArgv, env } = unitFlags();
  const child = fork(PROGRAM, ['start', '--config', configFileOf(folder, adcode)], {
    execPath: process.execPath,
    execArgv,
    env: { ...cleanEnvironment(), ...env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await ready(child, ended).catch(async (cause: Error) => {
    await stop(child, ended);
    throw new DemoError(
      `node ${adcode} ${findNode(adcode)?.nameZh ?? ''} did not start: ${cause.message}\n${lastLines(logFile)}`,
      `read ${logFile}`,
    );
  });
  return { adcode, url, pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
}

function ready(child: ChildProcess, ended: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${READY_MS / 1000} s`)), READY_MS);
    child.on('message', (message: { ready?: string }) => {
      if (typeof message?.ready !== 'string') return;
      clearTimeout(timer);
      resolve(message.ready);
    });
    child.once('error', (error) => reject(error));
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error('the process ended'));
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  }
}

const lastLines = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : '');
