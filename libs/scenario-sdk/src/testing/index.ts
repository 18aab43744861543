export { exampleCore, exampleUscc } from './example-core.ts';
export { Finding, FIXTURE_DAY, Fixture, outcomeOf } from './fixture.ts';
export { pluginSuite, type SuiteCase } from './plugin-suite.ts';
