import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, prepared, type Prepared } from './cache.ts';
import { kafkaHome } from './kafka/artifacts.ts';

let cache = '';
beforeEach(() => (cache = mkdtempSync(join(tmpdir(), 'xiangjing-cache-'))));
afterEach(() => rmSync(cache, { recursive: true }));

describe('cacheFolder', () => {
  it('is the one named, else the user’s cache', () => {
    expect(cacheFolder({ XIANGJING_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: cache })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/b', HOME: cache })).toBe('/b/xiangjing');
    expect(cacheFolder({ HOME: cache })).toBe(join(cache, '.cache/xiangjing'));
  });
  it('is below .xiangjing where no home is writable', () => {
    writeFileSync(join(cache, 'file'), '');
    expect(cacheFolder({ HOME: join(cache, 'file') })).toBe(resolve('.xiangjing/cache'));
  });
});

describe('prepared', () => {
  const wanted = (make: Prepared['make']): Prepared => ({ name: 'thing-1', expected: ['a', 'b'], make, env: { XIANGJING_CACHE: cache } });
  const whole = async (scratch: string): Promise<void> => {
    for (const name of ['a', 'b']) await writeFile(join(scratch, name), '');
  };

  it('makes a folder once', async () => {
    let made = 0;
    const once = wanted((scratch) => (made++, whole(scratch)));
    expect(await prepared(once)).toBe(join(cache, 'thing-1'));
    await prepared(once);
    expect(made).toBe(1);
    expect(readdirSync(cache)).toEqual(['thing-1']);
  });
  it('refuses what is not whole, and leaves nothing', async () => {
    await expect(prepared(wanted((scratch) => writeFile(join(scratch, 'a'), '')))).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      message: 'thing-1 is not whole: b missing after it was made',
    });
    expect(readdirSync(cache)).toEqual([]);
  });
  it('gives everybody the same folder when many come at once', async () => {
    const homes = await Promise.all([1, 2, 3, 4].map(() => prepared(wanted(whole))));
    expect(new Set(homes)).toEqual(new Set([join(cache, 'thing-1')]));
    expect(readdirSync(cache)).toEqual(['thing-1']);
  });
  it('makes again one that somebody emptied', async () => {
    await prepared(wanted(whole));
    rmSync(join(cache, 'thing-1/b'));
    await prepared(wanted(whole));
    expect(readdirSync(join(cache, 'thing-1'))).toEqual(['a', 'b']);
  });
});

describe('what Maven brings', () => {
  /** A PATH on which `mvn` is this script and nothing else is found but a shell. */
  const withMaven = (script: string): NodeJS.ProcessEnv => {
    const bin = join(cache, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'mvn'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'mvn'), 0o755);
    return { PATH: bin, XIANGJING_CACHE: join(cache, 'kept') };
  };

  it('is looked at, although Maven ended well', async () => {
    await expect(kafkaHome(withMaven('exit 0'))).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      message: expect.stringContaining('kafka_2.13-4.1.1.jar'),
    });
  });
  it('is nothing if Maven failed: its last lines say why', async () => {
    await expect(kafkaHome(withMaven('echo "[ERROR] Could not transfer artifact"; exit 1'))).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      message: 'Maven ended with 1:\n[ERROR] Could not transfer artifact',
    });
  });
  it('is nothing without Maven: says how to install it', async () => {
    await expect(kafkaHome({ PATH: cache, XIANGJING_CACHE: join(cache, 'kept') })).rejects.toMatchObject({
      code: 'PROGRAM_MISSING',
      remedy: expect.stringContaining('apt-get install maven'),
    });
  });
});
