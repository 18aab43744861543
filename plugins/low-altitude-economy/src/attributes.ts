import {
  approvalRef,
  choice,
  geoLine,
  money,
  named,
  PRESETS,
  quantity,
  raise,
  z,
  type AttributeText,
  type FormSpec,
  type Label,
} from '@xiangjing/scenario-sdk';

const date = z.iso.date();
const text = z.string().trim().min(1);
const metres = z.number().min(0).max(6000);

const route = z.strictObject({
  name: named(text.max(60), '航线名称|route'),
  line: named(geoLine, '航线（CGCS2000 经纬度）|line').optional(),
  lower: named(metres, '下限真高|lower limit', 'm'),
  upper: named(metres, '上限真高|upper limit', 'm'),
  hours: named(text.max(60), '飞行时段|hours'),
  airspace: named(choice({ open: '适飞空域|open airspace', controlled: '管制空域|controlled airspace' }), '空域|airspace'),
});
const insurance = z.strictObject({ amount: named(money, '保额|amount', 'CNY'), until: named(date, '保险期至|until') });
const incident = z.strictObject({
  date: named(date, '日期|date'),
  severity: named(choice({ minor: '一般事件|minor', serious: '严重事件|serious', accident: '事故|accident' }), '等级|severity'),
  report: named(text.max(1000), '经过和处理|report'),
  closedOn: named(date, '调查结束日期|closed on').optional(),
});

/** Schema 1. All may be left out: a need is often written before the aircraft and the route are known. */
export const attributes = z.object({
  routes: z.array(route).max(50).optional(),
  airspaceApproval: approvalRef.optional(),
  uavClass: choice({
    micro: '微型|micro',
    light: '轻型|light',
    small: '小型|small',
    medium: '中型|medium',
    large: '大型|large',
  }).optional(),
  takeoffMass: quantity('kg', { max: 20_000 }).optional(),
  payload: quantity('kg', { max: 10_000 }).optional(),
  range: quantity('km', { max: 5000 }).optional(),
  windLimit: quantity('m/s', { max: 60 }).optional(),
  operatorLicence: approvalRef.optional(),
  surveyingLicence: approvalRef.optional(),
  insurance: insurance.optional(),
  incidents: z.array(incident).max(100).optional(),
});
export type Attributes = z.infer<typeof attributes>;
type Name = keyof Attributes;

const { pub, biz, lim } = PRESETS;
const safety = raise(lim, { safety: 'ps' });

export const labels: Record<Name, Label> = {
  routes: safety,
  airspaceApproval: biz,
  uavClass: pub,
  takeoffMass: pub,
  payload: pub,
  range: pub,
  windLimit: pub,
  operatorLicence: biz,
  surveyingLicence: biz,
  insurance: biz,
  incidents: safety,
};

export const texts: Record<Name, AttributeText> = {
  routes: { zh: '航线', en: 'Routes', hintZh: '涉及公共安全：不离开本节点。高度填离地真高' },
  airspaceApproval: { zh: '空域批准', en: 'Airspace approval', hintZh: '真高超过 120 米或在管制空域飞行时必填' },
  uavClass: { zh: '无人机类别', en: 'UAV class', hintZh: '按《无人驾驶航空器飞行管理暂行条例》分五类' },
  takeoffMass: { zh: '最大起飞重量', en: 'Maximum take-off mass', unit: 'kg' },
  payload: { zh: '载重', en: 'Payload', unit: 'kg' },
  range: { zh: '航程', en: 'Range', unit: 'km' },
  windLimit: { zh: '抗风能力', en: 'Wind limit', unit: 'm/s' },
  operatorLicence: { zh: '运营合格证', en: 'Operator licence' },
  surveyingLicence: { zh: '测绘资质', en: 'Surveying licence', hintZh: '场景类型为无人机地理测绘时必填' },
  insurance: { zh: '责任保险', en: 'Liability insurance' },
  incidents: { zh: '飞行事件', en: 'Incidents', hintZh: '涉及公共安全：不离开本节点' },
};

export const form: FormSpec<Name> = {
  groups: [
    { zh: '航线与空域', en: 'Routes and airspace', fields: ['routes', 'airspaceApproval'] },
    { zh: '飞行器', en: 'Aircraft', fields: ['uavClass', 'takeoffMass', 'payload', 'range', 'windLimit'] },
    { zh: '资质与保险', en: 'Licences and insurance', fields: ['operatorLicence', 'surveyingLicence', 'insurance'] },
    { zh: '安全记录', en: 'Safety record', fields: ['incidents'] },
  ],
  columns: ['uavClass', 'payload', 'range'],
  facets: ['uavClass'],
  sorts: ['payload', 'range'],
};
