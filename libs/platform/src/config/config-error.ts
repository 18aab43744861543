/** One fault of the configuration: `place` is a line of the file, a variable, or the path of a setting. */
export interface ConfigFault {
  place: string;
  message: string;
  remedy: string;
}

/** Every fault of the configuration at once; none of the texts repeats a value. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly remedy = '按每条提示改正后再启动；可先运行 xiangjing config check。';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault, i) => `  ${i + 1}. ${fault.place}：${fault.message} ${fault.remedy}`);
    super(`配置有 ${faults.length} 处错误：\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}
