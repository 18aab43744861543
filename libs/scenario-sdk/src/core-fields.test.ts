import { describe, expect, it } from 'vitest';
import { CORE_GROUPS, type Need } from './core-field.ts';
import { CORE_FIELDS, coreFieldsOf } from './core-fields.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { Kind } from './kinds.ts';
import { isFloored, rank } from './label.ts';

const names = (kind: Kind, need: Need): string[] =>
  coreFieldsOf(kind)
    .filter((f) => f.need[kind] === need)
    .map((f) => f.name)
    .sort();

const EVERY = ['contact', 'domains', 'ownerUscc', 'region', 'responsibleUnit', 'scenarioTypes', 'summary', 'title', 'validUntil'];
const sorted = (...list: string[]): string[] => [...list].sort();

describe('CORE_FIELDS', () => {
  it('needs to submit what the process asks of each kind', () => {
    expect(names('opportunity', 'submit')).toEqual(
      sorted(
        ...EVERY,
        'scenarioKind',
        'problem',
        'currentState',
        'wantedResult',
        'metrics',
        'responseDeadline',
        'plannedFrom',
        'plannedTo',
        'responsiblePerson',
        'intake',
        'essential',
        'publicSafety',
        'personalData',
      ),
    );
    expect(names('capability', 'submit')).toEqual(
      sorted(...EVERY, 'supplierClass', 'supplierProof', 'technology', 'maturity', 'maturityEvidence'),
    );
    expect(names('demonstration', 'submit')).toEqual(
      sorted(...EVERY, 'from', 'operator', 'suppliers', 'inOperationSince', 'effects', 'publicSafety', 'personalData'),
    );
  });
  it('gives no kind to a capability and derives that of a demonstration', () => {
    const scenarioKind = CORE_FIELDS.find((f) => f.name === 'scenarioKind');
    expect(scenarioKind?.need).toEqual({ capability: 'absent', opportunity: 'submit', demonstration: 'derived' });
    expect(coreFieldsOf('capability').map((f) => f.name)).not.toContain('scenarioKind');
  });
  it('has each name once, under its path, in a known group, in both languages', () => {
    expect(new Set(CORE_FIELDS.map((f) => f.name)).size).toBe(CORE_FIELDS.length);
    for (const f of CORE_FIELDS) {
      expect(f.path).toBe(`core.${f.name}`);
      expect(CORE_GROUPS.map((g) => g.code)).toContain(f.group);
      expect(f.titleZh).toMatch(/[\u4e00-\u9fff]/);
      expect(f.titleEn).toMatch(/^[A-Z]/);
    }
  });
  it('labels every field on its floors, and as personal exactly what holds personal data', () => {
    expect(CORE_FIELDS.filter((f) => !isFloored(f.label) || f.personal !== (f.label.pi !== 'none'))).toEqual([]);
    expect(CORE_FIELDS.filter((f) => f.personal).map((f) => f.name)).toEqual(['contact', 'responsiblePerson']);
  });
  it('lists as metadata only what is public, and never the inside title', () => {
    const listed = CORE_FIELDS.filter((f) => f.listed);
    expect(listed.filter((f) => rank('level', f.label.level) > 0)).toEqual([]);
    expect(listed.map((f) => f.name)).toEqual(expect.arrayContaining(['publicTitle', 'domains', 'ownerUscc', 'roleContact']));
    expect(listed.map((f) => f.name)).not.toContain('title');
    expect(listed.map((f) => f.name)).not.toContain('summary');
  });
  it('can be told as JSON Schema, codes with their names', () => {
    const bare = CORE_FIELDS.filter(({ schema }) => {
      const text = JSON.stringify(jsonSchemaOf(schema));
      return text.includes('$ref') || text.split('"enum"').length !== text.split('"x-zh"').length;
    });
    expect(bare.map((f) => f.name)).toEqual([]);
  });
});
