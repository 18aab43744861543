/** How this node reaches the brokers. Its principal is `xiangjing-<adcode>`: the SCRAM user, or the CN of its certificate. */
export interface KafkaConnection {
  brokers: string[];
  /** SCRAM-SHA-512. */
  sasl?: { username: string; password: string };
  /** PEM texts; `true` for TLS with the system's authorities. */
  tls?: true | { ca?: string; cert?: string; key?: string };
}

/** One topic per (origin, view). */
export const topicOf = (origin: string, view: string): string => `xiangjing.${origin}.${view}`;
export const principalOf = (adcode: string): string => `xiangjing-${adcode}`;
