import { pluginSuite } from '@xiangjing/scenario-sdk/testing';
import { describe, it } from 'vitest';
import capability from '../fixtures/v1/capability.json' with { type: 'json' };
import demonstration from '../fixtures/v1/demonstration.json' with { type: 'json' };
import opportunity from '../fixtures/v1/opportunity.json' with { type: 'json' };
import { plugin } from './index.ts';

describe('culture-technology', () => {
  for (const { name, run } of pluginSuite(plugin, [...capability, ...opportunity, ...demonstration])) it(name, run);
});
