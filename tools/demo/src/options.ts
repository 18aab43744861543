import { CITIES, findNode, PROVINCE } from '@xiangjing/scenario-sdk';
import { DemoError } from './demo-error.ts';

export interface DemoOptions {
  /** The province first, then the cities. */
  nodes: string[];
  once: boolean;
  json: boolean;
  timeoutMs: number;
  portBase: number;
  /** The folder of everything the demo keeps. */
  data: string;
  /** Feeds travel by a real Kafka too. */
  kafka: boolean;
  /** People and services sign in at a real Keycloak. */
  keycloak: boolean;
}

/** 长沙, 株洲, 湘潭, 岳阳, 衡阳: the plan's candidates for pilot zones. */
const FIVE = ['430100', '430200', '430300', '430600', '430400'];

/** `five`, `all`, or codes with commas. The province is always there: without it there is no federation. */
export function readNodes(text: string): string[] {
  if (text === 'five') return [PROVINCE, ...FIVE];
  if (text === 'all') return [PROVINCE, ...CITIES.map((c) => c.adcode)];
  const codes = text.split(',').map((code) => code.trim());
  const unknown = codes.find((code) => !findNode(code));
  if (unknown !== undefined)
    throw new DemoError(
      `--nodes: “${unknown}” is no node`,
      'type five, all, or codes such as --nodes 430100,430200; 430000 is always started',
    );
  return [PROVINCE, ...new Set(codes.filter((code) => code !== PROVINCE))];
}

export function readNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new DemoError(`${name}: “${text}” is no whole number from ${least} to ${most}`, `type for example ${name} ${least}`);
}

/** Province: the base; a city: base + (adcode/100 mod 100), so 长沙 4301 and 湘西 4331. */
export const portOf = (adcode: string, base: number): number => base + ((Number(adcode) / 100) % 100);
export const urlOf = (adcode: string, base: number): string => `http://127.0.0.1:${portOf(adcode, base)}`;

/** Beside the nodes' ports, of which the last is the base + 31. Fixed, because a token's issuer holds the port. */
export const serverPorts = (base: number): { keycloak: number; kafka: number } => ({ keycloak: base + 38, kafka: base + 39 });
