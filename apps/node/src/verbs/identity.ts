import { createKeycloakServices, createSignIn, isClientRefused, TokenError } from '@xiangjing/platform';
import { findNode, z } from '@xiangjing/scenario-sdk';
import type { Command } from 'commander';
import { configOption } from './config-option.ts';
import type { NodeConfig } from '../config.ts';
import { issuerOf } from '../http/actor.ts';
import { readNodeConfig } from '../read-config.ts';
import { whyText } from './explain.ts';

interface Finding {
  what: string;
  isGood: boolean;
  text: string;
  remedy?: string;
}

/** What an operator asks after touching the identity server: does it answer, does it take the client of the portal, and does every service account of this node work? */
export function addIdentityVerbs(program: Command): void {
  program
    .command('identity')
    .description('身份服务和服务账号')
    .command('check')
    .description('身份服务是否应答、门户的密钥对不对、在别的节点的账号能否用')
    .addOption(configOption())
    .option('--json', '以 JSON 回答')
    .action(async (o: { config: string; json?: boolean }) => {
      const config = readNodeConfig(o.config);
      const issuer = await askIssuer(issuerOf(config));
      const portal = issuer.isGood ? [askPortalClient(config)] : [];
      const findings = [issuer, ...(await Promise.all([...portal, ...askServices(config)]))];
      if (o.json) console.log(JSON.stringify(findings));
      else for (const finding of findings) print(finding);
      process.exit(findings.every(({ isGood }) => isGood) ? 0 : 1);
    });
}

function print({ what, isGood, text, remedy }: Finding): void {
  console.log(`${isGood ? '正常' : '异常'}  ${what}：${text}`);
  if (remedy) console.log(`→ ${remedy}`);
}

const TIMEOUT_MS = 5_000;
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.object({ alg: z.string().optional(), use: z.string().optional() })) });

async function askIssuer(issuer: string): Promise<Finding> {
  const what = `身份服务 ${issuer}`;
  try {
    const discovery = Discovery.parse(await json(`${issuer}/.well-known/openid-configuration`));
    if (discovery.issuer !== issuer) {
      const remedy = '把 identity.issuer 写得与它自称的一字不差，包括协议、端口和末尾有没有斜线。';
      return { what, isGood: false, text: `它自称 ${discovery.issuer}`, remedy };
    }
    const { keys } = KeySet.parse(await json(discovery.jwks_uri));
    const usable = keys.filter(({ alg, use }) => use !== 'enc' && (alg === 'RS256' || alg === 'ES256'));
    if (usable.length > 0) return { what, isGood: true, text: `有 ${usable.length} 把签名公钥` };
    return { what, isGood: false, text: '没有 RS256 或 ES256 的签名公钥', remedy: '在身份服务的领域里加一把 RS256 密钥。' };
  } catch (error) {
    const text = `没有按约定回答（${error instanceof z.ZodError ? '内容不对' : whyText(error)}）`;
    return {
      what,
      isGood: false,
      text,
      remedy: '核对 identity.issuer，检查网络和身份服务是否在运行；地址后面接 /.well-known/openid-configuration 应能打开。',
    };
  }
}

/** A renewal with what is no token: the identity server looks at the client first, and refuses the token only of one that it takes. */
async function askPortalClient(config: NodeConfig): Promise<Finding> {
  const { clientId, clientSecret } = config.identity;
  const what = `门户的客户端 ${clientId}`;
  const redirectUri = `${config.http.publicUrl}/auth/callback`;
  const signIn = createSignIn({ issuer: issuerOf(config), clientId, redirectUri, ...(clientSecret ? { clientSecret } : {}) });
  const error: unknown = await signIn.refresh('no-token').catch((refusal: unknown) => refusal);
  if (!(error instanceof TokenError)) return { what, isGood: false, text: '身份服务接受了一个不存在的令牌', remedy: '检查身份服务。' };
  const { diagnosis, message, remedy } = error;
  if (diagnosis?.error === 'invalid_grant')
    return { what, isGood: true, text: clientSecret ? '身份服务接受它的密钥' : '身份服务接受它，不要密钥' };
  if (!diagnosis || !isClientRefused(diagnosis)) return { what, isGood: false, text: diagnosis?.text ?? message, remedy };
  const text = clientSecret ? '密钥不对' : '没有配置密钥，身份服务不接受';
  return { what, isGood: false, text: `${text}（${diagnosis.status} ${diagnosis.error}）`, remedy: diagnosis.remedy };
}

const askServices = ({ identity }: NodeConfig): Promise<Finding>[] =>
  Object.entries(identity.services).map(async ([adcode, service]) => {
    const { url, issuer, clientId, clientSecret } = service!;
    const what = `在${findNode(adcode)!.nameZh}节点的服务账号 ${clientId}`;
    try {
      const token = await createKeycloakServices({ issuer, clientId, clientSecret }).token();
      const answer = await fetch(`${url}/api/v1/federation/status`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.ok) return { what, isGood: true, text: `${url} 接受它的令牌` };
      return { what, isGood: false, text: `${url} 拒绝它的令牌（${answer.status}）`, remedy: '核对 url 与 issuer 属于同一个节点。' };
    } catch (error) {
      if (error instanceof TokenError) return { what, isGood: false, text: error.message, remedy: error.remedy };
      return { what, isGood: false, text: `${url} 没有应答（${whyText(error)}）`, remedy: `检查 ${url} 是否能访问。` };
    }
  });

const json = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} 答 ${response.status}`);
  return response.json();
};
