import type { Kind, Stage } from '@xiangjing/scenario-sdk';
import type {
  FederationStatus,
  ListedRecord,
  ListQuery,
  RecordHistory,
  RecordList,
  RecordView,
  TargetFigure,
  Vocabulary,
} from '../views.ts';

/** What the node hands over to draw one public page; it has asked for the data as the anonymous actor, for the federation page as the person named. */
export interface RenderRequest {
  /** path and query as the visitor asked for them */
  url: string;
  mode: 'default' | 'elder';
  contrast: 'default' | 'high';
  demo: boolean;
  node: PortalNode;
  person: { name: string } | null;
  traceId: string;
  /** the clock for "18 秒前" and "还有 24 天"; the present when left out */
  now?: string;
  page: Page;
}

export interface PortalNode {
  adcode: string;
  nameZh: string;
  hostUnit: string;
  footer: { organiser: string; operator: string; siteCode: string; icp: string; publicSecurity: string; contact: string };
}

/** Counts of visible records per kind. */
export type KindCounts = Record<Kind, number>;

export interface HomePage {
  name: 'home';
  totals: Record<Kind, { total: number; recent: number }>;
  /** adcode of a node → visible records that belong to it, per kind */
  places: Record<string, KindCounts>;
  /** visible opportunities per stage */
  stages?: Partial<Record<Stage, number>>;
  latest: ListedRecord[];
  targets: TargetFigure[];
  status: FederationStatus;
}
export interface ListPage {
  name: 'list';
  /** null: search over all three lists */
  kind: Kind | null;
  query: ListQuery;
  list: RecordList;
  vocabulary: Vocabulary;
}
export interface RecordPage {
  name: 'record';
  record: RecordView;
  history: RecordHistory;
  vocabulary: Vocabulary;
}
export interface FederationPage {
  name: 'federation';
  status: FederationStatus;
}
export interface ProblemPage {
  name: 'problem';
  status: number;
  code: string;
}
export type Page = HomePage | ListPage | RecordPage | FederationPage | ProblemPage;

export interface RenderedPage {
  status: number;
  html: string;
}
