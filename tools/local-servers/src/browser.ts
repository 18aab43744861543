import type { Browser } from 'playwright-core';

/** A browser for tests and pictures: XIANGJING_BROWSER (a path, or `npm`), else the system's chromium, else the one from npm. */
export declare function launchBrowser(): Promise<Browser>;
