export { Fixture, outcomeOf, type Finding } from './fixture.ts';
export { pluginSuite, type SuiteCase } from './plugin-suite.ts';
