import { z } from '@xiangjing/scenario-sdk';
import { procedure, router, taking } from '../kernel/procedure.ts';
import { advanceRecord } from './advance-record.ts';
import { classifyRecord } from './classify-record.ts';
import { createOrganisation } from './create-organisation.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { getRecord } from './get-record.ts';
import { listOrganisations } from './list-organisations.ts';
import { listRecords } from './list-records.ts';
import { recordHistory } from './record-history.ts';
import {
  AdvanceRecordInput,
  ClassifyRecordInput,
  CreateOrganisationInput,
  CreateRecordInput,
  EditRecordInput,
  ListOrganisationsInput,
  ListRecordsInput,
  OrganisationList,
  OrganisationView,
  RecordHistory,
  RecordList,
  RecordRef,
  RecordView,
  TargetFigure,
  VocabularyView,
  WithdrawRecordInput,
} from './schemas.ts';
import { targets } from './targets.ts';
import { vocabulary } from './vocabulary.ts';
import { withdrawRecord } from './withdraw-record.ts';

const tags = ['catalogue'] as const;

const records = router({
  list: taking(
    { action: 'record.search', open: true, rest: { method: 'GET', path: '/records', summary: '三张清单：检索、筛选、计数、翻页', tags } },
    ListRecordsInput,
  )
    .output(RecordList)
    .query(({ ctx, input }) => listRecords(ctx, input)),
  get: taking({ action: 'record.view', open: true, rest: { method: 'GET', path: '/records/{id}', summary: '一条记录', tags } }, RecordRef)
    .output(RecordView)
    .query(({ ctx, input }) => getRecord(ctx, input)),
  history: taking(
    {
      action: 'record.history',
      open: true,
      rest: { method: 'GET', path: '/records/{id}/history', summary: '办理历史与看得到的变更', tags },
    },
    RecordRef,
  )
    .output(RecordHistory)
    .query(({ ctx, input }) => recordHistory(ctx, input)),
  create: taking(
    {
      action: 'record.create',
      rest: {
        method: 'POST',
        path: '/records',
        summary: '新建草稿；标签整体给出，或不给（不给即封存）',
        status: 201,
        idempotent: true,
        tags,
      },
    },
    CreateRecordInput,
  )
    .output(RecordView)
    .mutation(({ ctx, input }) => createRecord(ctx, input)),
  edit: taking(
    { action: 'record.edit', rest: { method: 'PATCH', path: '/records/{id}', summary: '修改给出的字段；null 清空；发布后即为变更', tags } },
    EditRecordInput,
  )
    .output(RecordView)
    .mutation(({ ctx, input }) => editRecord(ctx, input)),
  advance: taking(
    { action: 'record.advance', rest: { method: 'POST', path: '/records/{id}/advance', summary: '按生命周期办理一步', tags } },
    AdvanceRecordInput,
  )
    .output(RecordView)
    .mutation(({ ctx, input }) => advanceRecord(ctx, input)),
  classify: taking(
    {
      action: 'record.classify',
      rest: { method: 'POST', path: '/records/{id}/classify', summary: '定级：首次由单位，以后由数据管理员，只升不降', tags },
    },
    ClassifyRecordInput,
  )
    .output(RecordView)
    .mutation(({ ctx, input }) => classifyRecord(ctx, input)),
  withdraw: taking(
    { action: 'record.withdraw', rest: { method: 'POST', path: '/records/{id}/withdraw', summary: '撤回，须写原因', tags } },
    WithdrawRecordInput,
  )
    .output(RecordView)
    .mutation(({ ctx, input }) => withdrawRecord(ctx, input)),
});

const organisations = router({
  list: taking(
    { action: 'organisation.list', rest: { method: 'GET', path: '/organisations', summary: '本节点登记的单位', tags } },
    ListOrganisationsInput,
  )
    .output(OrganisationList)
    .query(({ ctx, input }) => listOrganisations(ctx, input)),
  create: taking(
    {
      action: 'organisation.create',
      rest: { method: 'POST', path: '/organisations', summary: '登记单位', status: 201, idempotent: true, tags },
    },
    CreateOrganisationInput,
  )
    .output(OrganisationView)
    .mutation(({ ctx, input }) => createOrganisation(ctx, input)),
});

export const catalogueRouter = router({
  records,
  organisations,
  vocabulary: procedure({
    action: 'vocabulary.view',
    open: true,
    rest: { method: 'GET', path: '/vocabulary', summary: '领域、场景类型、字段、表单与地区', tags },
  })
    .output(VocabularyView)
    .query(({ ctx }) => vocabulary(ctx)),
  targets: procedure({ action: 'target.view', open: true })
    .output(z.array(TargetFigure))
    .query(({ ctx }) => targets(ctx)),
});
