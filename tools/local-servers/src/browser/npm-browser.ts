import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

export interface NpmBrowser {
  executablePath: string;
  /** What makes it start on a host without desktop libraries, and show Chinese. */
  environment: (env: NodeJS.ProcessEnv) => Record<string, string>;
}

const require = createRequire(import.meta.url);
let unpacking: Promise<string> | undefined;

/** Unpacks the browser of `@sparticuz/chromium` (x64) once per version and user; about 200 MB in the temporary folder. */
export async function npmBrowser(): Promise<NpmBrowser> {
  unpacking ??= unpackedHome();
  const home = await unpacking.catch((error: unknown) => {
    unpacking = undefined;
    throw error;
  });
  return {
    executablePath: join(home, 'chromium'),
    environment: (env) => ({
      HOME: home,
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
      LD_LIBRARY_PATH: [join(home, 'al2023/lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    }),
  };
}

/**
 * Several test processes may come at once, and one may be killed half-way: each unpacks aside, and the first to finish renames its
 * folder into place. A folder under the final name is therefore always whole.
 */
async function unpackedHome(): Promise<string> {
  const home = join(tmpdir(), `xiangjing-chromium-${packageVersion()}-${userInfo().uid}`);
  if (existsSync(home)) return home;
  const aside = await mkdtemp(`${home}.`);
  try {
    await unpack(aside);
    await writeFile(join(aside, 'fonts.conf'), fontConfiguration(home));
    await rename(aside, home);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(home)) throw error; // else another process was first
  }
  return home;
}

/** The package unpacks to fixed names in the temporary folder, so it is given one of its own meanwhile. */
async function unpack(folder: string): Promise<void> {
  const outer = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(join(packageFolder(), 'bin/al2023.tar.br')); // NSS and friends
  } finally {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
  }
  await chmod(join(folder, 'chromium'), 0o755);
  await mkdir(join(folder, 'font-cache'), { recursive: true });
}

function fontConfiguration(home: string): string {
  const chinese = join(dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json')), '400Regular');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${chinese}</dir><dir>${join(home, 'fonts/fonts')}</dir><cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>`;
}

/** The package exports its entry alone; its folder is found from there. */
function packageFolder(): string {
  let folder = dirname(require.resolve('@sparticuz/chromium'));
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'bin'))) folder = dirname(folder);
  return folder;
}

const packageVersion = (): string => (require(join(packageFolder(), 'package.json')) as { version: string }).version;
