import { words } from './zh-cn/words.ts';
import { places } from './zh-cn/places.ts';
import { time } from './zh-cn/time.ts';
import { frame } from './zh-cn/frame.ts';
import { home } from './zh-cn/home.ts';
import { list } from './zh-cn/list.ts';
import { record } from './zh-cn/record.ts';
import { exchange } from './zh-cn/exchange.ts';
import { federation } from './zh-cn/federation.ts';
import { problem } from './zh-cn/problem.ts';
import { desk } from './zh-cn/desk.ts';
import { edit } from './zh-cn/edit.ts';
import { verbs } from './zh-cn/verbs.ts';

/** Simplified Chinese, complete; another language is a second object of this shape. */
export const zhCn = { words, places, time, frame, home, list, record, federation, exchange, problem, desk, edit, verbs } as const;
