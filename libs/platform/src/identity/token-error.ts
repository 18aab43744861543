import type { Diagnosis } from './diagnosis.ts';

/** Why a token was not taken. The message names the claim or step, never the token. */
export class TokenError extends Error {
  readonly code: 'TOKEN_INVALID' | 'TOKEN_BINDING' | 'AUDIENCE' | 'UPSTREAM_UNAVAILABLE';
  readonly status: number;
  readonly remedy: string;
  readonly diagnosis: Diagnosis | undefined;
  constructor(code: TokenError['code'], message: string, cause?: unknown, remedy: string = REMEDIES[code], diagnosis?: Diagnosis) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TokenError';
    this.code = code;
    this.status = code === 'UPSTREAM_UNAVAILABLE' ? 503 : 401;
    this.remedy = remedy;
    this.diagnosis = diagnosis;
  }
}

const REMEDIES = {
  TOKEN_INVALID: '重新登录，或取一个新的令牌。',
  TOKEN_BINDING: '向身份服务取一个没有绑定证书或密钥的令牌。',
  AUDIENCE: '向本节点的身份服务取令牌；别的节点的令牌在这里无效。',
  UPSTREAM_UNAVAILABLE: '身份服务暂时没有回答，请稍后再试。',
} as const;
