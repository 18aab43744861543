import { pluginSuite } from '@xiangjing/scenario-sdk/testing';
import { describe, expect, it } from 'vitest';
import capability from '../fixtures/v1/capability.json' with { type: 'json' };
import demonstration from '../fixtures/v1/demonstration.json' with { type: 'json' };
import opportunity from '../fixtures/v1/opportunity.json' with { type: 'json' };
import { plugin } from './index.ts';

describe('low-altitude-economy', () => {
  it.each(pluginSuite(plugin, [...capability, ...opportunity, ...demonstration]))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
