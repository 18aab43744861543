import type { TestProject } from 'vitest/node';
import type { StopServer } from './global-setup.ts';

/** One Keycloak with a realm for 430000, 430100 and 430200; provides `keycloak` (TestKeycloak of @xiangjing/platform/testing). */
export function startTestKeycloak(_project: TestProject): Promise<StopServer> {
  return Promise.reject(new Error('the test Keycloak is not there yet'));
}
