/** A bearer client of one node's REST face. */
export interface RestClient {
  get<T = Answer>(path: string): Promise<Reply<T>>;
  post<T = Answer>(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  patch<T = Answer>(path: string, body: unknown): Promise<Reply<T>>;
}
export interface Reply<T> {
  status: number;
  body: T;
  text: string;
  headers: Headers;
}
/** An answer is whatever the node sent; each test checks what it reads. */
export type Answer = Record<string, any>;

export function restClient(base: string, token?: string): RestClient {
  const send = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as T,
      text,
      headers: response.headers,
    };
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body, headers) => send('POST', path, body, headers),
    patch: (path, body) => send('PATCH', path, body),
  };
}

export const encode = (id: string): string => encodeURIComponent(id);
