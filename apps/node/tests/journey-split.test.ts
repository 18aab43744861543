import { journeySuite } from './support/journey-suite.ts';

journeySuite('split');
