import type { JsonObject } from '@xiangjing/scenario-sdk';
import type { Told } from '../attributes.ts';
import type { Making } from '../common-core.ts';
import { plusDays } from '../dates.ts';
import { approval, when } from './parts.ts';

const AIRCRAFT = [
  { uavClass: 'light', takeoffMass: 6.5, payload: 1.5, range: 15, windLimit: 12 },
  { uavClass: 'small', takeoffMass: 24, payload: 8, range: 25, windLimit: 12 },
  { uavClass: 'medium', takeoffMass: 68, payload: 25, range: 40, windLimit: 14 },
  { uavClass: 'medium', takeoffMass: 148, payload: 55, range: 20, windLimit: 13 },
];

export function lowAltitudeEconomy({ random, today, adcode }: Making, { kind, core, term }: Told): JsonObject {
  const serial = String(100 + random.below(900));
  const surveying = approval(`示例测绘乙-${serial}`, '示例自然资源主管部门', today);
  const always = {
    ...random.pick(AIRCRAFT),
    operatorLicence: approval(`示例运营合格证-${serial}`, '示例民航管理机构', today),
    insurance: { amount: String(1_000_000 * (1 + random.below(5))), until: plusDays(today, 1460) },
    ...when(term.endsWith('.05'), { surveyingLicence: surveying }),
  };
  if (kind === 'capability') return always;
  const upper = random.pick([100, 120, 150]);
  const east = 111.5 + (Number(adcode.slice(2, 4)) % 10) / 10;
  const north = 27.5 + random.below(5) / 100;
  const line = {
    type: 'LineString',
    coordinates: [
      [east, north],
      [east + 0.02, north + 0.01],
    ],
  };
  const incident = {
    date: plusDays(String(core['inOperationSince'] ?? today), 20),
    severity: 'minor',
    report: '阵风返航，未造成损失，已调整风速阈值。',
  };
  return {
    routes: [{ name: `示例航线 ${serial}`, line, lower: 60, upper, hours: '08:00—18:00', airspace: 'open' }],
    ...when(upper > 120, { airspaceApproval: approval(`示例空域批复-${serial}`, '示例空域管理机构', today) }),
    ...always,
    ...when(kind === 'demonstration' && random.below(2) === 0, { incidents: [incident] }),
  };
}
