import { Option } from 'commander';

/** Every verb that works on a node names the node's configuration; where `XIANGJING_CONFIG` names it, it may be left out. */
export const configOption = (): Option => new Option('--config <file>', '配置文件（YAML）').env('XIANGJING_CONFIG').makeOptionMandatory();
