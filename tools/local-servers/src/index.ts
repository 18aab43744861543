export type { DemoClient, DemoUser } from './identity/demo-user.ts';
export {
  createDemoIdentity,
  DemoIdentityRefusedError,
  type DemoIdentity,
  type DemoIdentityOptions,
} from './identity/create-demo-identity.ts';
