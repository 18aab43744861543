import type { JsonObject } from '@xiangjing/scenario-sdk';
import type { Told } from '../attributes.ts';
import type { Making } from '../common-core.ts';
import { approval, when } from './parts.ts';

const DISEASES: Record<string, JsonObject> = {
  'healthcare.01': { system: 'icd-10', code: 'I10', name: '原发性高血压' },
  'healthcare.02': { system: 'icd-10', code: 'R91', name: '肺部诊断性影像检查异常所见' },
  'healthcare.03': { system: 'icd-10', code: 'I21.9', name: '急性心肌梗死' },
  'healthcare.05': { system: 'icd-10', code: 'J11', name: '流行性感冒' },
};

export function healthcare({ random, today }: Making, { kind, term }: Told): JsonObject {
  const serial = String(10 + random.below(90));
  const disease = DISEASES[term];
  const diagnostic = term === 'healthcare.02' || term === 'healthcare.04';
  const value = 88 + random.below(8);
  const accuracy = { measure: '灵敏度', value, lower: value - 4, upper: value + 3, sample: 400 + random.below(1200) };
  return {
    institutionLevel: random.pick(['primary', 'secondary', 'tertiary']),
    ...(disease ? { diseaseCodes: [disease] } : {}),
    patientData: diagnostic ? 'de-identified' : random.pick(['none', 'aggregate']),
    humanInLoop: diagnostic ? 'decide' : 'review',
    ...when(diagnostic, { ethicsApproval: approval(`示例伦审-${serial}`, '示例医学伦理委员会', today) }),
    ...when(diagnostic && kind !== 'opportunity', { deviceRegistration: { deviceClass: 'III', number: `示例械注准 ${serial}` } }),
    ...(kind === 'opportunity' ? { beds: 60 + 20 * random.below(30) } : { accuracy }),
    ...when(kind === 'demonstration', { adverseEvents: { total: random.below(3), serious: 0 } }),
  };
}
